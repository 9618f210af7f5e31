// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/error.h>
#include <QAsyncMySql/sqltime.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringBuilder>
#include <QtCore/QVariant>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

QT_BEGIN_NAMESPACE
class QBitArray;
class QDebug;
class QIODevice;
class QJsonArray;
class QJsonDocument;
class QJsonObject;
class QJsonValue;
class QUuid;
QT_END_NAMESPACE

namespace QAsyncMySql {

class InList;
class Json;
class Parameter;
class ParameterExtra;

/*!
    Specialise it to bind values of a type of your own:

    \code
    template<>
    struct QAsyncMySql::ParameterEncoder<Money>
    {
        static Parameter encode(const Money &money);
    };
    \endcode

    \since 1.0
*/
template <class T> struct ParameterEncoder;

namespace Internal {

template <class T>
concept HasParameterEncoder = requires(const T &value)
{
    {
        ParameterEncoder<T>::encode(value)
        } -> std::same_as<Parameter>;
};

//! Integers other than bool and the character types: a char may be meant as a number or as a text.
template <class T>
concept BindableInteger
    = std::integral<T> && !std::same_as<
          T,
          bool> && !std::same_as<T, char> && !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> && !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && sizeof(T) <= 8;

} // namespace Internal

/*!
    One value for a placeholder of a statement.

    It is made implicitly from what C++ and Qt have for SQL's types:

    - Text (UTF-8 on the wire): QString, QStringView, QLatin1StringView, QUtf8StringView, std::string,
      std::string_view and the literals "…", u"…" and u8"…" (in UTF-8 and UTF-16). Lone surrogates make the
   parameter invalid. A null QString is the empty text.
    - Bytes: QByteArray, QByteArrayView, std::span<const std::byte>. A QByteArray is never taken for
      text: where a column holds text, give a QString, or fromUtf8().
    - Numbers: bool, all integers, float, double, Decimal, enums (their number), QBitArray (for BIT).
      NaN and infinities make the parameter invalid, since SQL has none.
    - Times: QDate, QTime, QDateTime (an instant, sent in UTC, as the connection's time zone is),
      std::chrono's durations (TIME), sys_time (UTC), local_time (as it is), year_month_day, and SqlTime.
      Null dates and times are NULL; what is finer than a microsecond is cut off.
    - QUuid (as text of 36 characters), QJson… and Json (as JSON text), QList<float> (VECTOR).
    - NULL: nullptr, std::nullopt, an empty std::optional, a null or invalid QVariant.
    - QVariant, by what it holds. Lists, maps and JSON in a QVariant are refused, since their shape may come
   from outside: use InList and Json.
    - Types with a ParameterEncoder, also in a QVariant after registerParameterEncoder().

    An invalid parameter carries its error(), and a statement with one is not sent. Integers and times
    take no allocation. Implicitly shared; a value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Parameter
{
public:
    //! What the value is for the server.
    enum class Kind : quint8
    {
        Null,
        Boolean,
        Signed,
        Unsigned,
        Float,
        Double,
        Decimal, //!< digits, in bytes()
        Text, //!< UTF-8, in bytes()
        Json, //!< UTF-8, in bytes()
        Bytes,
        Date,
        Time,
        DateTime,
        List, //!< several values for one placeholder (InList)
        Device, //!< what a device gives (fromDevice())
        Invalid,
    };
    //! A date, and for Kind::DateTime a time of day in microseconds.
    struct DateTimeValue
    {
        qint16 year = 0;
        quint8 month = 0;
        quint8 day = 0;
        qint64 timeOfDay = 0;
        friend bool operator==(const DateTimeValue &, const DateTimeValue &) = default;
    };

    //! NULL.
    Parameter() noexcept;
    Parameter(const Parameter &other);
    Parameter(Parameter &&other) noexcept;
    Parameter &operator=(const Parameter &other);
    Parameter &operator=(Parameter &&other) noexcept;
    ~Parameter();

    Parameter(std::nullptr_t) noexcept
        : Parameter()
    {
    }
    Parameter(std::nullopt_t) noexcept
        : Parameter()
    {
    }
    template <class T>
    requires std::same_as<T, bool> Parameter(T value)
    noexcept
        : m_value(qint64(value))
        , m_kind(Kind::Boolean)
    {
    }
    template <Internal::BindableInteger T>
    Parameter(T value) noexcept
        : m_kind(std::signed_integral<T> ? Kind::Signed : Kind::Unsigned)
    {
        if constexpr (std::signed_integral<T>)
            m_value.template emplace<qint64>(value);
        else
            m_value.template emplace<quint64>(value);
    }
    Parameter(float value);
    Parameter(double value);
    template <class T>
    requires(std::is_enum_v<T> && !std::same_as<T, std::byte> && !Internal::HasParameterEncoder<T>)
        Parameter(T value)
    noexcept
        : Parameter(numberOf(value))
    {
    }
    template <class E>
    Parameter(QFlags<E> flags) noexcept
        : Parameter(flags.toInt())
    {
    }
    Parameter(const Decimal &value);

    Parameter(const QString &text);
    // Views are taken as they are only: too much converts to them.
    template <std::same_as<QStringView> T>
    Parameter(T text)
        : Parameter(fromUtf16(text))
    {
    }
    template <std::same_as<QUtf8StringView> T>
    Parameter(T utf8)
        : Parameter(fromUtf8(QByteArray(utf8.data(), utf8.size())))
    {
    }
    Parameter(QLatin1String text);
    Parameter(const char *utf8);
    Parameter(const char8_t *utf8);
    Parameter(const char16_t *text);
    Parameter(const std::string &utf8);
    Parameter(std::string_view utf8);
    Parameter(std::u8string_view utf8);
    Parameter(const std::u8string &utf8)
        : Parameter(std::u8string_view(utf8))
    {
    }
    Parameter(std::u16string_view text);
    Parameter(const std::u16string &text)
        : Parameter(std::u16string_view(text))
    {
    }
    template <class A, class B>
    Parameter(const QStringBuilder<A, B> &text)
        : Parameter(typename QConcatenable<QStringBuilder<A, B>>::ConvertTo(text))
    {
    }

    Parameter(const QByteArray &bytes);
    template <std::same_as<QByteArrayView> T>
    Parameter(T bytes)
        : Parameter(bytes.toByteArray())
    {
    }
    template <class T>
    requires std::convertible_to<const T &, std::span<const std::byte>> Parameter(const T &bytes)
        : Parameter(fromBytes(bytes))
    {
    }
    Parameter(const QBitArray &bits);
    Parameter(const QList<float> &vector);

    Parameter(QDate date) noexcept;
    Parameter(QTime time) noexcept;
    Parameter(const QDateTime &instant);
    Parameter(SqlTime time);
    Parameter(std::chrono::year_month_day date);
    template <class Rep, class Period>
    Parameter(std::chrono::duration<Rep, Period> time)
        : Parameter(SqlTime(std::chrono::duration_cast<std::chrono::microseconds>(time)))
    {
    }
    //! A date for a time point in days, else a date and time, in UTC.
    template <class Duration>
    Parameter(std::chrono::sys_time<Duration> instant)
        : Parameter(dateTime(instant.time_since_epoch()))
    {
    }
    template <class Duration>
    Parameter(std::chrono::local_time<Duration> time)
        : Parameter(dateTime(time.time_since_epoch()))
    {
    }

    Parameter(const QUuid &uuid);
    Parameter(const QJsonDocument &json);
    Parameter(const QJsonObject &json);
    Parameter(const QJsonArray &json);
    Parameter(const QJsonValue &json);
    Parameter(const Json &json);
    Parameter(const InList &list);
    //! By the type of what it holds.
    template <class T>
    requires std::same_as<T, QVariant> Parameter(const T &value)
        : Parameter(fromVariant(value))
    {
    }
    template <class T>
    Parameter(const std::optional<T> &value)
        : Parameter(value ? Parameter(*value) : Parameter())
    {
    }
    template <class T>
    requires Internal::HasParameterEncoder<T> Parameter(const T &value)
        : Parameter(ParameterEncoder<T>::encode(value))
    {
    }

    static Parameter fromVariant(const QVariant &value);
    //! Text that is UTF-8 already: not copied, but checked.
    static Parameter fromUtf8(const QByteArray &utf8);
    /*! What \a device gives from where it stands to its end, as \a content: Bytes, Text (UTF-8, which is not
        checked) or Json. For values that are too long to be held in memory: execute() reads and sends it in
        parts of 64 KiB as the server takes them. Other ways to run a statement (query(), Pipeline,
        executeMany()) refuse it with an Error of kind Usage.

        The device is open for reading, belongs to the program, lives in the connection's thread and outlives
        the statement. It is used up by one execution. A sequential one (a socket, a process, a reply) is
        waited for. If it fails or is destroyed, the statement is not executed. The server takes no more bytes
        than its max_allowed_packet (MySQL manual, "mysql_stmt_send_long_data()"). */
    static Parameter fromDevice(QIODevice *device, Kind content = Kind::Bytes);
    //! A parameter that cannot be sent, for encoders: \a why names what was wrong with the value.
    static Parameter invalid(const QString &why);

    Kind kind() const noexcept { return m_kind; }
    bool isNull() const noexcept { return m_kind == Kind::Null; }
    bool isValid() const noexcept { return m_kind != Kind::Invalid; }
    //! Why the parameter is invalid: an Error of kind Usage; no error otherwise.
    Error error() const;

    //! The same value for the placeholder \c{:name} (see named()).
    Parameter withName(const QString &name) const;
    QString name() const;

    // The value; each for the kinds it is named after.
    bool boolean() const noexcept { return signedInteger() != 0; }
    qint64 signedInteger() const noexcept { return get<qint64>(); }
    quint64 unsignedInteger() const noexcept { return get<quint64>(); }
    float floatValue() const noexcept { return float(get<double>()); }
    double doubleValue() const noexcept { return get<double>(); }
    //! For Decimal, Text, Json and Bytes.
    QByteArray bytes() const { return get<QByteArray>(); }
    QByteArrayView bytesView() const noexcept
    {
        const auto *bytes = std::get_if<QByteArray>(&m_value);
        return bytes ? QByteArrayView(*bytes) : QByteArrayView();
    }
    DateTimeValue dateTimeValue() const noexcept { return get<DateTimeValue>(); }
    SqlTime time() const noexcept { return SqlTime(std::chrono::microseconds(get<qint64>())); }
    //! The device of a Device, null once it has been destroyed, and what it gives.
    QIODevice *device() const noexcept;
    Kind deviceContent() const noexcept;
    //! The values of a List.
    const QList<Parameter> &list() const noexcept;

    friend QASYNCMYSQL_EXPORT bool operator==(const Parameter &a, const Parameter &b);
    //! The kind and the size of the value, and never the value: it may be a secret.
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const Parameter &parameter);

private:
    using Value = std::variant<qint64, quint64, double, DateTimeValue, QByteArray>;

    Parameter(Kind kind, Value value) noexcept
        : m_value(std::move(value))
        , m_kind(kind)
    {
    }
    template <class T> T get() const noexcept
    {
        const T *value = std::get_if<T>(&m_value);
        return value ? *value : T();
    }
    template <class E> static auto numberOf(E value) noexcept
    {
        using Number = std::underlying_type_t<E>;
        if constexpr (std::is_signed_v<Number>)
            return qint64(static_cast<Number>(value));
        else
            return quint64(static_cast<Number>(value));
    }
    template <class Rep, class Period>
    static Parameter dateTime(std::chrono::duration<Rep, Period> sinceEpoch)
    {
        using Duration = std::chrono::duration<Rep, Period>;
        if constexpr (std::is_convertible_v<std::chrono::days,
                                            Duration> && std::is_convertible_v<Duration, std::chrono::days>)
            return Parameter(
                std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(sinceEpoch))));
        else
            return fromMicroseconds(std::chrono::floor<std::chrono::microseconds>(sinceEpoch).count());
    }
    static Parameter fromUtf16(QStringView text);
    static Parameter fromBytes(std::span<const std::byte> bytes);
    static Parameter fromMicroseconds(qint64 sinceEpoch);
    void makeInvalid(const QString &why);

    Value m_value;
    std::shared_ptr<const ParameterExtra> m_extra; // name, list, error: what few have
    Kind m_kind = Kind::Null;
};

/*!
    JSON for a parameter, as a document or as text that is JSON already.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Json
{
public:
    explicit Json(const QJsonDocument &document);
    explicit Json(const QJsonValue &value);
    //! \a text is not looked at: the server says if it is no JSON.
    explicit Json(const QString &text);
    //! Objects and arrays of a map or list, as QML gives them.
    static Json fromVariant(const QVariant &value);

    QByteArray toUtf8() const { return m_utf8; }

private:
    QByteArray m_utf8;
};

/*!
    Several values for one placeholder: \c{WHERE id IN (?)} with InList(ids) becomes
    \c{WHERE id IN (?, ?, ?)}.

    An empty list is an error, since SQL has no empty list and every substitute is wrong either for IN or for
   NOT IN.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT InList
{
public:
    explicit InList(QList<Parameter> values);
    template <class Range>
    requires(
        !std::same_as<
            std::remove_cvref_t<Range>,
            InList> && !std::same_as<std::remove_cvref_t<Range>, QList<Parameter>> && requires(const Range &range) {
            Parameter(*std::begin(range));
        }) explicit InList(const Range &range)
    {
        for (const auto &value : range)
            m_values.append(Parameter(value));
    }

    const QList<Parameter> &values() const noexcept { return m_values; }

private:
    QList<Parameter> m_values;
};

namespace Internal {

using VariantEncoder = Parameter (*)(const QVariant &value); // which holds the type it is registered for
QASYNCMYSQL_EXPORT void registerEncoder(QMetaType type, VariantEncoder encode);

} // namespace Internal

/*!
    Makes \c{ParameterEncoder<T>} known at run time, for a QVariant that holds a T: from models, from QML, in
   a QVariantList of parameters. What SQL has a type for keeps its own; lists, maps and JSON stay refused.
    Thread-safe; once in a program is enough.

    \since 1.0
*/
template <class T> void registerParameterEncoder()
{
    static_assert(Internal::HasParameterEncoder<T>, "Specialise QAsyncMySql::ParameterEncoder first.");
    Internal::registerEncoder(QMetaType::fromType<T>(), [](const QVariant &value) {
        return ParameterEncoder<T>::encode(*static_cast<const T *>(value.constData()));
    });
}

//! \a value for the placeholder \c{:name}: \c{execute(u"… WHERE id = :id", named(u"id", 5))}. \since 1.0
template <class T> Parameter named(QAnyStringView name, T &&value)
{
    return Parameter(std::forward<T>(value)).withName(name.toString());
}

} // namespace QAsyncMySql

Q_DECLARE_METATYPE(QAsyncMySql::Parameter)
