using System.Data.Common;
using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres;

/// <summary>A PostgreSQL database that is no store: an application's, to be read.</summary>
public static class PostgresConnections
{
    /// <summary>Connections to it, made when they are needed.</summary>
    /// <param name="url">
    /// <c>postgres://USER@HOST:PORT/DATABASE</c>, with <c>?schema=NAME</c> where tables are looked for in another schema than <c>public</c>.
    /// </param>
    /// <exception cref="TidemarkException"><c>configuration.invalid</c>; it does not show the password.</exception>
    public static DbDataSource Open(string url)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        var address = StoreAddress.Parse(url);
        var schema = url.Contains("schema=", StringComparison.Ordinal) ? StoreAddress.Quote(address.Schema) + ", public" : "public";
        return new NpgsqlSlimDataSourceBuilder(new NpgsqlConnectionStringBuilder(address.ConnectionString(connections: 4, SessionNeeds.Usual))
        {
            SearchPath = schema,
            Timeout = 15,
            KeepAlive = 30,
            MaxAutoPrepare = 0,
            ApplicationName = "tidemark",
        }.ConnectionString).EnableTransportSecurity().Build();
    }
}
