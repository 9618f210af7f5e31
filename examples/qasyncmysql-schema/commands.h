// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/migrations.h>

#include <QtCore/QObject>

#include <optional>

//! The command line, read.
class Settings
{
public:
    enum class Command : quint8
    {
        Generate,
        Migrate,
        Accept,
    };

    Command command = Command::Generate;
    QAsyncMySql::ConnectOptions connect;
    QString folder;
    QString output; //!< empty: standard output
    QString nameSpace;
    QStringList tables;
    QStringList except;
    QString historyTable;
    std::optional<qint64> target;
    bool dryRun = false;
    bool allowDrift = false;
    bool accepted = false;
};

//! Writes the error to standard error; gives the exit code: 1 the server or the schema refused, 2 wrong
//! usage, 3 no connection.
int reportError(const QAsyncMySql::Error &error);

/*
    Runs one command, and ends the program.
*/
class Commands : public QObject
{
    Q_OBJECT

public:
    explicit Commands(const Settings &settings);
    void start();

private:
    void generate();
    void migrate();
    void finish(const QAsyncMySql::Error &error);
    QAsyncMySql::Error writeOutput(const QByteArray &header) const;
    void report(const QAsyncMySql::MigrationReport &report) const;

    Settings m_settings;
    QAsyncMySql::Connection m_connection;
};
