// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

#include <type_traits>
#include <utility>
#include <variant>

namespace QAsyncMySql {

namespace Internal {
//! Throws \a error, or ends the program where exceptions are switched off.
[[noreturn]] QASYNCMYSQL_EXPORT void throwError(const Error &error);
} // namespace Internal

/*!
    A value or an Error; the shape of C++23's std::expected<T, Error>.

    \since 1.0
*/
template <class T> class [[nodiscard]] Result
{
public:
    using value_type = T;
    using error_type = Error;

    Result(T value)
        : m_value(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_value(std::in_place_index<1>, std::move(error))
    {
    }

    bool hasValue() const noexcept { return m_value.index() == 0; }
    bool has_value() const noexcept { return hasValue(); }
    explicit operator bool() const noexcept { return hasValue(); }

    //! The value; throws the Error if there is none.
    const T &value() const &
    {
        if (!hasValue())
            Internal::throwError(error());
        return std::get<0>(m_value);
    }
    T &value() &
    {
        if (!hasValue())
            Internal::throwError(error());
        return std::get<0>(m_value);
    }
    T &&value() &&
    {
        if (!hasValue())
            Internal::throwError(error());
        return std::get<0>(std::move(m_value));
    }
    //! The value; undefined if there is none.
    const T &operator*() const &noexcept { return *std::get_if<0>(&m_value); }
    T &operator*() &noexcept { return *std::get_if<0>(&m_value); }
    T &&operator*() &&noexcept { return std::move(*std::get_if<0>(&m_value)); }
    const T *operator->() const noexcept { return std::get_if<0>(&m_value); }
    T *operator->() noexcept { return std::get_if<0>(&m_value); }

    //! The error, or an Error of kind None if there is a value.
    Error error() const { return hasValue() ? Error() : *std::get_if<1>(&m_value); }

    template <class U> T valueOr(U &&other) const
    {
        return hasValue() ? **this : static_cast<T>(std::forward<U>(other));
    }
    //! \a f(value), which returns a Result, or the error.
    template <class F> auto andThen(F &&f) const -> std::invoke_result_t<F, const T &>
    {
        if (!hasValue())
            return error();
        return std::forward<F>(f)(**this);
    }
    //! Result of \a f(value), or the error.
    template <class F>
    auto transform(F &&f) const -> Result<std::remove_cvref_t<std::invoke_result_t<F, const T &>>>
    {
        if (!hasValue())
            return error();
        return std::forward<F>(f)(**this);
    }

private:
    std::variant<T, Error> m_value;
};

//! Success, or an Error.
template <> class [[nodiscard]] Result<void>
{
public:
    using value_type = void;
    using error_type = Error;

    Result() noexcept = default;
    Result(Error error)
        : m_error(std::move(error))
    {
    }

    bool hasValue() const noexcept { return !m_error.isError(); }
    bool has_value() const noexcept { return hasValue(); }
    explicit operator bool() const noexcept { return hasValue(); }
    void value() const
    {
        if (!hasValue())
            Internal::throwError(m_error);
    }
    Error error() const { return m_error; }

    template <class F> auto andThen(F &&f) const -> std::invoke_result_t<F>
    {
        if (!hasValue())
            return m_error;
        return std::forward<F>(f)();
    }

private:
    Error m_error;
};

} // namespace QAsyncMySql
