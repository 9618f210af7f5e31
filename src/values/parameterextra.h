// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

#include <QtCore/QIODevice>
#include <QtCore/QPointer>

namespace QAsyncMySql {

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
