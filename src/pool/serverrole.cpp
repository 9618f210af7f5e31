// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/serverrole.h"

#include "client/demotion.h"

namespace QAsyncMySql::Internal {

namespace {

QString textAt(const Row &row, const ResultSet &answer, QAnyStringView name)
{
    const int column = answer.indexOf(name);
    return column < 0 || row.isNull(column) ? QString() : row.get<QString>(column);
}

//! Variables of this kind are numbers, or words (MariaDB 12 has OFF, ON, NO_LOCK …).
bool isOff(const QString &value)
{
    return value.isEmpty() || value == u"0" || value.compare(u"OFF", Qt::CaseInsensitive) == 0;
}

} // namespace

QString ServerRole::question(bool mariaDb, bool groups)
{
    if (mariaDb) {
        return QStringLiteral(
            "SELECT @@global.read_only AS read_only, "
            "(SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_VARIABLES WHERE VARIABLE_NAME = "
            "'WSREP_ON') "
            "AS wsrep_on, "
            "(SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
            "'WSREP_READY') "
            "AS wsrep_ready, "
            "(SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = "
            "'WSREP_CLUSTER_STATUS') AS wsrep_status");
    }
    QString sql = QStringLiteral(
        "SELECT @@global.read_only AS read_only, @@global.super_read_only AS super_read_only");
    if (groups) {
        sql += QStringLiteral(
            ", (SELECT MEMBER_STATE FROM performance_schema.replication_group_members WHERE MEMBER_ID = "
            "@@global.server_uuid) AS member_state");
    }
    return sql;
}

QString ServerRole::lagQuestion(bool mariaDb, int version)
{
    const bool newName = mariaDb ? version >= 100'501 : version >= 80'022;
    return newName ? QStringLiteral("SHOW REPLICA STATUS") : QStringLiteral("SHOW SLAVE STATUS");
}

QString ServerRole::positionQuestion(bool mariaDb)
{
    return mariaDb ? QStringLiteral("SELECT @@global.gtid_current_pos")
                   : QStringLiteral("SELECT @@global.gtid_executed");
}

QString ServerRole::clusterQuestion()
{
    return QStringLiteral("SET STATEMENT wsrep_sync_wait = 1 FOR SELECT 0");
}

QString ServerRole::waitQuestion(bool mariaDb, const QString &position, std::chrono::milliseconds timeout)
{
    // Positions hold nothing but digits, letters, - : , and blanks.
    return (mariaDb ? QStringLiteral("SELECT MASTER_GTID_WAIT('%1', %2)")
                    : QStringLiteral("SELECT WAIT_FOR_EXECUTED_GTID_SET('%1', %2)"))
        .arg(QString(position).remove(u'\'').remove(u'\\').simplified())
        .arg(double(timeout.count()) / 1'000, 0, 'f', 3);
}

ServerRole::ServerRole(const ResultSet &answer)
{
    if (answer.isEmpty())
        return;
    const Row row = answer.at(0);
    isNode = !isOff(textAt(row, answer, u"wsrep_on"));
    if (isNode && isOff(textAt(row, answer, u"wsrep_ready"))) {
        role = Role::Unavailable;
        reason = QStringLiteral("The node of Galera is not ready; its part of the cluster is %1.")
                     .arg(textAt(row, answer, u"wsrep_status"));
        return;
    }
    const QString member = textAt(row, answer, u"member_state");
    if (!member.isEmpty() && member != u"ONLINE") {
        role = Role::Unavailable;
        reason = QStringLiteral("The member of the group is %1.").arg(member);
        return;
    }
    const bool writable
        = isOff(textAt(row, answer, u"read_only")) && isOff(textAt(row, answer, u"super_read_only"));
    role = writable ? Role::Primary : Role::Replica;
}

ServerRole ServerRole::unavailable(const Error &error)
{
    ServerRole role;
    role.role = Role::Unavailable;
    role.reason = error.message();
    return role;
}

qint64 ServerRole::lag(const ResultSet &answer)
{
    qint64 worst = -1;
    // One row for each source.
    for (const Row &row : answer) {
        QString seconds = textAt(row, answer, u"Seconds_Behind_Source");
        if (seconds.isNull())
            seconds = textAt(row, answer, u"Seconds_Behind_Master");
        bool ok = false;
        const qint64 ms = seconds.toLongLong(&ok) * 1'000;
        if (!ok)
            return -1; // replication has stopped
        worst = std::max(worst, ms);
    }
    return worst;
}

bool castsDoubt(const Error &error)
{
    return mayBeDemotion(error) || error.isConnectionLost();
}

} // namespace QAsyncMySql::Internal
