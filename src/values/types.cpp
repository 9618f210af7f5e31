// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/types.h>

#include "moc_types.cpp" // the meta object of the namespace
