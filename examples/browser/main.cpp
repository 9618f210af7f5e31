// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A small browser for MySQL and MariaDB: what QueryModel does behind a QTableView.

#include "../shared/commandline.h"
#include "mainwindow.h"
#include "theme.h"
#include "windowdemonstration.h"

#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql-browser"));
    const CommandLine commandLine = CommandLine::parse();
    Theme::apply(application, commandLine.theme);

    MainWindow window;
    if (commandLine.onDemand)
        window.setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy::OnDemand);
    window.setSql(commandLine.sql);
    if (commandLine.isDemonstration())
        new WindowDemonstration(&window, commandLine); // the window's child
    window.show();
    if (commandLine.options)
        window.connectTo(*commandLine.options);
    // Once the window is there, so that the first thing to see is not a dialog without one.
    QTimer::singleShot(0, &window, [&window, &commandLine] {
        if (!commandLine.options)
            window.askForConnection();
        else if (commandLine.run)
            window.run();
    });
    return QApplication::exec();
}
