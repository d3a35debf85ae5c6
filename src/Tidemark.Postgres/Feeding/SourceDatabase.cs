using System.Globalization;
using System.Text;
using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Feeding;

/// <summary>
/// The application's database. Everything is read as the server's output functions write it, under the same settings whoever asks: the log
/// and a query give the same text for the same value.
/// </summary>
internal sealed class SourceDatabase : IAsyncDisposable
{
    private const string Pinned =
        "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1 -c lc_monetary=C "
        + "-c default_transaction_read_only=off";

    private const string Reader = "tidemark feed";

    private readonly NpgsqlConnectionStringBuilder _settings;
    private NpgsqlDataSource? _connections;

    public SourceDatabase(string url, string source, TimeSpan patience)
    {
        var address = StoreAddress.Parse(url);
        Name = $"postgres://{address.Server}/{address.Database}";
        User = address.User;
        Patience = patience;
        _settings = new NpgsqlConnectionStringBuilder(address.ConnectionString(4, SessionNeeds.Usual))
        {
            SearchPath = "pg_catalog, public",
            Timeout = 15,
            KeepAlive = 30,
            MaxAutoPrepare = 0,
        };
        Pin(Pinned);
        _settings.ApplicationName = ReaderOf(source);
    }

    /// <summary>What whoever carries a feed on calls itself to the server; a name that is too long for that is left out.</summary>
    public static string ReaderOf(string source) => $"{Reader} {source}" is { Length: <= 60 } name && Ascii.IsValid(name) ? name : Reader;

    /// <summary>Whether a reader of a slot says of itself that it carries on the feed of another source.</summary>
    public static bool IsOfAnother(string reader, string source) =>
        reader.StartsWith(Reader + " ", StringComparison.Ordinal) && ReaderOf(source) is var own && own != Reader && reader != own;

    /// <summary>Without user and password.</summary>
    public string Name { get; }

    public string User { get; }

    /// <summary>How long others are waited for.</summary>
    public TimeSpan Patience { get; }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        _connections ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await _connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<LogicalReplicationConnection> OpenLogAsync(CancellationToken cancellationToken)
    {
        _connections ??= await ConnectAsync(cancellationToken).ConfigureAwait(false);
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { KeepAlive = 0, Pooling = false };
        var connection = new LogicalReplicationConnection(settings.ConnectionString)
        {
            WalReceiverStatusInterval = TimeSpan.FromSeconds(1),
        };
        await connection.Open(cancellationToken).ConfigureAwait(false);
        return connection;
    }

    public Task<List<string?[]>> ListAsync(string sql, CancellationToken cancellationToken, params object[] parameters) =>
        WithAsync(connection => ListAsync(connection, sql, cancellationToken, parameters), cancellationToken);

    /// <returns>Null: no row, or null in it.</returns>
    public async Task<string?> AskAsync(string sql, CancellationToken cancellationToken, params object[] parameters) =>
        (await ListAsync(sql, cancellationToken, parameters).ConfigureAwait(false)) is [var row, ..] ? row[0] : null;

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken) => await WithAsync(
        async connection =>
        {
            var command = new NpgsqlCommand(sql, connection);
            await using var held = command.ConfigureAwait(false);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Rows as texts.</summary>
    public static async Task<List<string?[]>> ListAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        var rows = new List<string?[]>();
        await foreach (var row in StreamAsync(connection, sql, parameters, cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static async IAsyncEnumerable<string?[]> StreamAsync(
        NpgsqlConnection connection,
        string sql,
        object[] parameters,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var held = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(ParameterOf(parameter));
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var heldReader = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var row = new string?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            }

            yield return row;
        }
    }

    public static ulong Position(string? text) => text is null ? 0 : (ulong)NpgsqlLogSequenceNumber.Parse(text);

    public static string Text(ulong position) => new NpgsqlLogSequenceNumber(position).ToString();

    public static long Number(string? text) => text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _connections?.DisposeAsync() ?? default;

    /// <summary>
    /// A server refuses a setting that it does not know, so it is asked first how old it is. Where the address names several, it is that one until
    /// the end: rows and the log are of one server.
    /// </summary>
    private async Task<NpgsqlDataSource> ConnectAsync(CancellationToken cancellationToken)
    {
        var first = Build();
        await using var held = first.ConfigureAwait(false);
        var connection = await first.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var heldConnection = connection.ConfigureAwait(false);
        var version = connection.PostgreSqlVersion.Major;
        if (_settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            (_settings.Host, _settings.Port) = (connection.Host, connection.Port);
            _settings.Remove("Target Session Attributes");
        }

        Pin(new SessionNeeds { Settings = [.. SessionNeeds.Names.Where(name => version >= FirstVersionOf(name))] }.OptionsAfter(null));
        return Build();
    }

    private static int FirstVersionOf(string setting) => setting switch
    {
        "transaction_timeout" => 17,
        "idle_session_timeout" => 14,
        _ => 0,
    };

    /// <summary>Of a setting that stands twice the later one counts.</summary>
    private void Pin(string? options) => _settings.Options = string.Join(
        ' ', new[] { _settings.Options, options }.Where(part => !string.IsNullOrEmpty(part)));

    private NpgsqlDataSource Build()
    {
        var builder = new NpgsqlSlimDataSourceBuilder(_settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    private static NpgsqlParameter ParameterOf(object value) => value switch
    {
        string text => Sql.Of(text),
        string[] texts => Sql.Of(texts),
        long number => Sql.Of(number),
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    private async Task<T> WithAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var held = connection.ConfigureAwait(false);
        return await work(connection).ConfigureAwait(false);
    }
}
