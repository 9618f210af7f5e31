// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A small browser for MySQL and MariaDB: what the models of QAsyncMySql do behind the views of Qt Widgets.

#include "commandline.h"
#include "look/theme.h"
#include "mainwindow.h"
#include "query/querytab.h"
#include "tour/windowdemonstration.h"
#include "tour/windowtour.h"

#include <QtCore/QPointer>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql-browser"));
    QCoreApplication::setOrganizationName(QStringLiteral("QAsyncMySql"));
    const CommandLine commandLine = CommandLine::parse(true);
    QTemporaryDir elsewhere; // a demonstration neither finds nor leaves settings
    if (commandLine.isDemonstration()) {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, elsewhere.path());
    }
    if (!commandLine.theme.isEmpty())
        QSettings().setValue(QStringLiteral("theme"), commandLine.theme);
    Theme::apply(application,
                 QSettings().value(QStringLiteral("theme"), QStringLiteral("system")).toString());

    MainWindow window;
    auto *query = qobject_cast<QueryTab *>(window.currentTab());
    if (commandLine.onDemand)
        query->setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy::OnDemand);
    query->setSql(commandLine.sql);
    if (commandLine.isDemonstration())
        new WindowDemonstration(&window, query, commandLine); // the window's child
    window.show();
    if (!commandLine.tour.isEmpty())
        (new WindowTour(&window, *commandLine.options, commandLine.tour))->start(); // the window's child
    else if (commandLine.options)
        window.connectTo(*commandLine.options);
    // Once the window is there, so that the first thing to see is not a dialog without one.
    QTimer::singleShot(0, &window, [&window, &commandLine, query = QPointer<QueryTab>(query)] {
        if (!commandLine.options)
            window.askForConnection();
        else if (commandLine.run && query)
            query->run();
    });
    return QApplication::exec();
}
