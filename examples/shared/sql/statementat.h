// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

//! One statement of a text with several.
class StatementAt
{
public:
    QString text; // without what ends it
    int position = 0; // in the whole text

    //! The statement in \a script that \a cursor is in or right behind; else the next, else the last.
    static StatementAt find(const QString &script, int cursor);
};
