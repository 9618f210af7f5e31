// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

#include <QtCore/QIODevice>
#include <QtCore/QPointer>

namespace QAsyncMySql {

//! Begins what Parameter::invalid() is told where the fault is not one of the value, but of the statement
//! that it stands in (Sql::Fragment::fail()).
inline constexpr QChar StatementFault(u'\x1');

//! What few parameters have.
class ParameterExtra
{
public:
    QString name;
    QString error; // why it is invalid, as part of a sentence
    QList<Parameter> list;
    QPointer<QIODevice> device;
    Parameter::Kind deviceContent = Parameter::Kind::Bytes;
};

} // namespace QAsyncMySql
