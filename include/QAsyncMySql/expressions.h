// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

/*! \file
    Statements as typed expressions, all of it: see doc/expressions.md.
*/

#include <QAsyncMySql/sqlaggregates.h>
#include <QAsyncMySql/sqlfunctions.h>
#include <QAsyncMySql/sqlinsert.h>
#include <QAsyncMySql/sqlmapping.h>
#include <QAsyncMySql/sqlschema.h>
#include <QAsyncMySql/sqlselect.h>
#include <QAsyncMySql/sqltable.h>
#include <QAsyncMySql/sqlupdate.h>
#include <QAsyncMySql/typedcursor.h>
