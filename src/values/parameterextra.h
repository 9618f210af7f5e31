// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

namespace QAsyncMySql {

//! What few parameters have.
class ParameterExtra
{
public:
    QString name;
    QString error; // why it is invalid, as part of a sentence
    QList<Parameter> list;
};

} // namespace QAsyncMySql
