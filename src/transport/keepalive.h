// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/qglobal.h>

#include <chrono>

namespace QAsyncMySql::Transport {

/*! Has the system ask the other end of the connected socket \a descriptor whether it is there still, once
   nothing has come from it for \a silence, and give it up when it does not answer three times within as long
   again. What the other end does not confirm is given up after the same time. Does what the system can;
   QAbstractSocket has the switch only, with the system's own times (two hours, as a rule). */
void watchOtherEnd(qintptr descriptor, std::chrono::seconds silence);

} // namespace QAsyncMySql::Transport
