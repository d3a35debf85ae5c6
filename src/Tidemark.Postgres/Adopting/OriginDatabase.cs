using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Adopting;

/// <summary>Another system's database, seen in one state by one transaction that cannot write.</summary>
internal sealed class OriginDatabase : IAsyncDisposable
{
    /// <summary>Numbers are written so that they can be read back exactly.</summary>
    private const string Begin = """
        set transaction read only;
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        set local extra_float_digits = 1;
        """;

    private readonly string _connection;
    private readonly string _path;
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _opened;
    private NpgsqlTransaction? _transaction;

    /// <exception cref="TidemarkException"><c>configuration.invalid</c>; it does not show the password.</exception>
    public OriginDatabase(string url)
    {
        var address = StoreAddress.Parse(url);
        Name = $"postgres://{address.Server}/{address.Database}";
        var schemas = url.Contains("schema=", StringComparison.Ordinal) ? new[] { "pg_catalog", address.Schema, "public" } : ["pg_catalog", "public"];
        _path = string.Join(", ", schemas.Distinct(StringComparer.Ordinal).Select(StoreAddress.Quote));
        _connection = new NpgsqlConnectionStringBuilder(address.ConnectionString(connections: 0, SessionNeeds.Usual))
        {
            SearchPath = null,
            Timeout = 15,
            KeepAlive = 30,
            MaxAutoPrepare = 0,
            ApplicationName = "tidemark-import",
        }.ConnectionString;
    }

    /// <summary>Without user and password.</summary>
    public string Name { get; }

    public async Task<List<T>> ListAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var rows = new List<T>();
        await foreach (var row in StreamAsync(sql, read, parameters, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Rows as they come; the next question waits for the last one.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, NpgsqlParameter[] parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = await GuardAsync(() => OpenAsync(cancellationToken)).ConfigureAwait(false);
        var command = connection.Command(sql, parameters);
        await using var held = command.ConfigureAwait(false);
        var rows = await GuardAsync(() => command.ExecuteReaderAsync(cancellationToken)).ConfigureAwait(false);
        await using var heldRows = rows.ConfigureAwait(false);
        while (await GuardAsync(() => rows.ReadAsync(cancellationToken)).ConfigureAwait(false))
        {
            yield return read(rows);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync().ConfigureAwait(false);
        }

        if (_opened is not null)
        {
            await _opened.DisposeAsync().ConfigureAwait(false);
        }

        if (_source is not null)
        {
            await _source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (OriginErrors.IsTranslatable(e))
        {
            throw OriginErrors.Translate(Name, e);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (_opened is not null)
        {
            return _opened;
        }

        var builder = new NpgsqlSlimDataSourceBuilder(_connection);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        _source = builder.Build();
        var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        _opened = connection;
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        var begin = connection.Command($"{Begin} set local search_path = {_path}");
        await using var held = begin.ConfigureAwait(false);
        await begin.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }
}
