using Npgsql;
using Tidemark.Conformance.Care;
using Tidemark.Indexing;
using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests.Conformance;

/// <summary>Each damage is done to a copy of a database, which takes the server some twenty milliseconds.</summary>
public abstract class PostgresDamagedStore : EveryRecordConformance, IAsyncLifetime
{
    private const string Columns = """
        select a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull from pg_attribute a
        where a.attrelid = 'tidemark.{0}'::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        """;

    private const string Creation = "create table ";

    /// <summary>The server writes everything out before it drops one, for which nobody need wait.</summary>
    private readonly List<Task> _dropping = [];

    private string _database = "";
    private string _kept = "";

    /// <summary>By the scripts that make them: tests are listed without a server. Without the number of the format, see FormatLossTests.</summary>
    public static TheoryData<string> Tables()
    {
        var assembly = typeof(PostgresStore).Assembly;
        var names = new TheoryData<string>();
        foreach (var script in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(script)!);
            foreach (var line in reader.ReadToEnd().Split('\n').Where(line => line.StartsWith(Creation, StringComparison.Ordinal)))
            {
                names.Add(line[Creation.Length..].Split(' ')[0]);
            }
        }

        return [.. names.Where(row => row.Data != "store")];
    }

    public async ValueTask InitializeAsync() => _database = await TestServer.CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Task.WhenAll([.. _dropping, TestServer.DropDatabaseAsync(_database)]);
        await TestServer.DropDatabaseAsync(_kept);
    }

    protected override async ValueTask<ITidemarkStore> OpenAsync() => await PostgresStore.OpenAsync(
        TestServer.UrlOf(_database), new PostgresStoreOptions { CreateIfMissing = true }, TimeProvider.System, CancellationToken.None);

    protected override async Task KeepAsync()
    {
        _kept = _database;
        await RestoreAsync();
    }

    protected override async Task RestoreAsync()
    {
        if (_database != _kept)
        {
            _dropping.Add(TestServer.DropDatabaseAsync(_database));
        }

        _database = $"{TestServer.Database}_{TestServer.NewName()}";
        await TestServer.ExecuteAsync($"create database {_database} template {_kept}");
    }

    protected override bool IsFast => false;

    protected override string AnyOneOf(string table) => $"ctid = (select max(ctid) from {table})";

    protected override Task<bool> IsEmptyAsync(string table) =>
        TestServer.ScalarAsync<bool>(_database, $"select not exists (select 1 from tidemark.{table})");

    protected override Task<IReadOnlyList<RecordColumn>> ColumnsAsync(string table) => ColumnsAsync(table, ValuesOf);

    protected override Task<IReadOnlyList<RecordColumn>> ExtremesAsync(string table) => ColumnsAsync(table, ExtremesOf);

    private async Task<IReadOnlyList<RecordColumn>> ColumnsAsync(string table, Func<string, string, string[]> valuesOf)
    {
        var columns = new List<RecordColumn>();
        await using var connection = await TestServer.ConnectAsync(_database);
        await using var command = new NpgsqlCommand(Columns.Replace("{0}", table, StringComparison.Ordinal), connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var values = valuesOf(rows.GetString(0), rows.GetString(1));
            columns.Add(new RecordColumn(rows.GetString(0), rows.GetBoolean(2) || valuesOf == ExtremesOf ? values : [.. values, "null"]));
        }

        return columns;
    }

    protected override async Task<bool> TryDamageAsync(string sql)
    {
        var isDrop = sql.StartsWith("drop", StringComparison.Ordinal);
        await using var connection = await TestServer.ConnectAsync(_database);
        await using var command = new NpgsqlCommand($"set search_path = tidemark, public; {sql}{(isDrop ? " cascade" : "")}", connection);
        try
        {
            return await command.ExecuteNonQueryAsync() != 0;
        }
        catch (PostgresException e) when (e.SqlState.StartsWith("23", StringComparison.Ordinal) || e.SqlState is "428C9" or "22003")
        {
            return false; // two rows of one key, the number of a row that the server itself gives, or one beyond all numbers
        }
    }

    private static string[] ExtremesOf(string name, string type) => type switch
    {
        "bytea" => [$"{name} || '\\x00'"],
        "text" => name is "metadata" or "sources" or "report" or "payload" ? ["'{'"] : [],
        "boolean" => [],
        "vector" => [$"subvector({name}, 1, 3)"],
        "integer" => ["2147483647"],
        "smallint" => ["32767"],
        "bigint" => [$"coalesce({name}, 0) + 4611686018427387904"],
        _ when type.EndsWith("[]", StringComparison.Ordinal) => [$"{name} || null::{type[..^2]}", $"array[{name}, {name}]"],
        _ => ["-1"],
    };

    private static string[] ValuesOf(string name, string type) => type switch
    {
        "bytea" => [$"substr({name}, 2)", "decode(repeat('00', 32), 'hex')", "''::bytea"],
        "text" => [$"'x' || {name}", "''"],
        "boolean" => [$"not {name}"],
        "text[]" => ["'{}'::text[]"],
        "vector" => [$"{name} + {name}", $"subvector({name}, 1, 3)"],
        _ when type.EndsWith("[]", StringComparison.Ordinal) => [$"{name}[2:]", $"'{{}}'::{type}", $"{name} || {name}[1:1]"],
        _ => ["0", $"{name} + 1000", "-1"],
    };
}
