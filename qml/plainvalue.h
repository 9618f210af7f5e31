// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QVariant>
#include <QtQml/QJSValue>

namespace QAsyncMySql::Internal {

//! What QML has given: objects, arrays and the like arrive as QJSValue.
inline QVariant plainValue(const QVariant &value)
{
    return value.typeId() == qMetaTypeId<QJSValue>() ? value.value<QJSValue>().toVariant() : value;
}

} // namespace QAsyncMySql::Internal
