// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Here so that moc looks at the header.
#include <QAsyncMySql/types.h>
