// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

#include <QtCore/QList>

#include <type_traits>

namespace QAsyncMySql {

//! The values for the placeholders of a statement, in order.
using Parameters = QList<Parameter>;

namespace Internal {

//! Packs the arguments of a call; a single Parameters or QVariantList stands for the whole list.
template <class... Args> Parameters makeParameters(Args &&...args)
{
    if constexpr (sizeof...(Args) == 1 && (std::is_same_v<std::remove_cvref_t<Args>, Parameters> && ...)) {
        return (Parameters(std::forward<Args>(args)), ...);
    } else if constexpr (sizeof...(Args) == 1
                         && (std::is_same_v<std::remove_cvref_t<Args>, QVariantList> && ...)) {
        Parameters list;
        (
            [&list](const QVariantList &values) {
                list.reserve(values.size());
                for (const QVariant &value : values)
                    list.append(Parameter(value));
            }(args),
            ...);
        return list;
    } else {
        Parameters list;
        list.reserve(qsizetype(sizeof...(Args)));
        (list.append(Parameter(std::forward<Args>(args))), ...);
        return list;
    }
}

} // namespace Internal

} // namespace QAsyncMySql
