using System.Collections;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Tidemark.Composition.Configuration;
using Tidemark.Postgres;
using Tidemark.Sources;

namespace Tidemark.Composition;

/// <summary>From settings to a database that is asked. Apart from the others, so that no driver is loaded where nobody asks for it.</summary>
/// <param name="Root">What a file's path is relative to.</param>
/// <param name="Environment">Where addresses and passwords may be.</param>
internal sealed record SqlComposer(string Root, IDictionary Environment)
{
    /// <param name="name">The source's.</param>
    /// <param name="settings">Which database.</param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>, <c>usage</c>; secrets are not shown.</exception>
    public (DbDataSource Database, SqlDialect Dialect, string Shown) Compose(string name, SqlSettings settings)
    {
        var address = AddressOf(name, settings);
        return address.Kind switch
        {
            SqlKind.Postgres => (PostgresConnections.Open(address.Host), SqlDialect.Postgres, address.ToString()),
            SqlKind.MySql => (MySqlOf(address), SqlDialect.MySql, address.ToString()),
            SqlKind.Sqlite => (SqliteOf(address), SqlDialect.Sqlite, address.ToString()),
            _ => throw new TidemarkException(
                ErrorCodes.Usage,
                $"'{name}' is a database of SQL Server, and this program has no driver for it",
                "sync it from a program of yours, with the library and Microsoft.Data.SqlClient: new SqlSource(new SqlOptions { Dialect = SqlDialect.SqlServer, … }); "
                + "docs/polling.md shows it"),
        };
    }

    private static MySqlDataSource MySqlOf(SqlAddress address)
    {
        var connection = new MySqlConnectionStringBuilder
        {
            Server = address.Host,
            Port = (uint)(address.Port ?? 3306),
            UserID = address.User ?? System.Environment.UserName,
            Database = address.Database,
            ConnectionTimeout = 15,
            ApplicationName = "tidemark",
        };
        foreach (var (setting, value) in address.Settings)
        {
            try
            {
                connection[setting] = value;
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                throw new TidemarkException(
                    ErrorCodes.ConfigurationInvalid,
                    $"the address of '{address}' has the setting '{setting}', which the driver does not take so",
                    "see the options of MySqlConnector: ?SslMode=Required");
            }
        }

        // What the keys are compared by is what they are.
        connection.GuidFormat = MySqlGuidFormat.None;
        connection.ConvertZeroDateTime = true;
        connection.PersistSecurityInfo = false;
        connection.Password = address.Password ?? System.Environment.GetEnvironmentVariable("MYSQL_PWD") ?? "";
        return new MySqlDataSource(connection.ConnectionString);
    }

    private DbDataSource SqliteOf(SqlAddress address)
    {
        SQLitePCL.Batteries_V2.Init();
        var path = Path.GetFullPath(address.Host, Root);
        return SqliteFactory.Instance.CreateDataSource(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, DefaultTimeout = 60 }.ConnectionString);
    }

    private SqlAddress AddressOf(string name, SqlSettings settings)
    {
        if (FeedSettings.VariableOf(settings.Address) is not { } variable)
        {
            return SqlAddress.Parse(settings.Address)!;
        }

        return SqlAddress.Parse(Environment[variable] as string ?? "") ?? throw new TidemarkException(
            ErrorCodes.ConfigurationInvalid,
            $"the variable '{variable}' of the environment holds no address of a database, which '{name}' needs",
            $"set it: export {variable}=mysql://USER@HOST:PORT/DATABASE (or postgres://…, sqlite:PATH)");
    }
}
