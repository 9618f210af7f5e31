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

/*! Packs the arguments of a call into \a list in place of what it has; its memory is used again. A single
   Parameters or QVariantList stands for the whole list. */
template <class... Args> void packParameters(Parameters &list, Args &&...args)
{
    if constexpr (sizeof...(Args) == 1 && (std::is_same_v<std::remove_cvref_t<Args>, Parameters> && ...)) {
        (void(list = std::forward<Args>(args)), ...);
    } else if constexpr (sizeof...(Args) == 1
                         && (std::is_same_v<std::remove_cvref_t<Args>, QVariantList> && ...)) {
        list.clear();
        (
            [&list](const QVariantList &values) {
                list.reserve(values.size());
                for (const QVariant &value : values)
                    list.emplaceBack(value);
            }(args),
            ...);
    } else {
        list.clear();
        list.reserve(qsizetype(sizeof...(Args)));
        (list.emplaceBack(std::forward<Args>(args)), ...);
    }
}

template <class... Args> Parameters makeParameters(Args &&...args)
{
    Parameters list;
    packParameters(list, std::forward<Args>(args)...);
    return list;
}

} // namespace Internal

} // namespace QAsyncMySql
