// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QStringList>

//! The words of SQL that are coloured and completed, in small letters and sorted.
const QStringList &sqlWords();
