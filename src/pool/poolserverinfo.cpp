// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// For moc, which looks for public headers beside a source of their name.
#include <QAsyncMySql/poolserverinfo.h>
