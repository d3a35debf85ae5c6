using Tidemark.Conformance.Care;
using Tidemark.Indexing;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Schema;
using Xunit;

namespace Tidemark.Sqlite.Tests.Conformance;

public abstract class SqliteDamagedStore : EveryRecordConformance, IDisposable
{
    private readonly TemporaryStore _file = new();

    private string Kept => Path.Combine(_file.Folder, "kept.db");

    public static TheoryData<string> Tables()
    {
        using var connection = SqliteConnection.Open($"every-record-{Path.GetRandomFileName()}", SqliteOpenMode.Memory, TimeSpan.Zero);
        SchemaMigrations.Create(connection);
        var names = new TheoryData<string>();
        using var rows = connection.Statement(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'keyword_*' AND name NOT GLOB 'vector_*'");
        while (rows.Step())
        {
            names.Add(rows.GetText(0));
        }

        return names;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _file.Dispose();
    }

    protected override ValueTask<ITidemarkStore> OpenAsync() => _file.OpenAsync();

    protected override Task KeepAsync()
    {
        File.Copy(_file.Path, Kept);
        return Task.CompletedTask;
    }

    protected override Task RestoreAsync()
    {
        File.Copy(Kept, _file.Path, overwrite: true);
        return Task.CompletedTask;
    }

    protected override string AnyOneOf(string table) => table switch
    {
        "quarantine" or "unpublished" or "service_entry" or "source_count" => "true", // without a rowid
        "embedding" => "key = (SELECT max(key) FROM embedding)",
        _ => $"rowid = (SELECT min(rowid) FROM {table})",
    };

    protected override Task<bool> IsEmptyAsync(string table)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        return Task.FromResult(connection.Scalar($"SELECT count(*) FROM {table}") == 0);
    }

    protected override Task<IReadOnlyList<RecordColumn>> ColumnsAsync(string table)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        var columns = new List<RecordColumn>();
        using var rows = connection.Statement($"SELECT name, type, \"notnull\" OR pk FROM pragma_table_info('{table}')");
        while (rows.Step())
        {
            var (name, type, isNullable) = (rows.GetText(0), rows.GetText(1), rows.GetInt64(2) == 0);
            string[] values = type switch
            {
                "BLOB" => [$"substr({name}, 2)", "zeroblob(32)", "x''"],
                "TEXT" => [$"'x' || {name}", "''"],
                _ => ["0", $"{name} + 1000", "-1"],
            };
            columns.Add(new RecordColumn(name, isNullable ? [.. values, "null"] : values));
        }

        return Task.FromResult<IReadOnlyList<RecordColumn>>(columns);
    }

    protected override Task<IReadOnlyList<RecordColumn>> ExtremesAsync(string table)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Read, TimeSpan.Zero);
        var columns = new List<RecordColumn>();
        using var rows = connection.Statement($"SELECT name, type FROM pragma_table_info('{table}')");
        while (rows.Step())
        {
            var name = rows.GetText(0);
            columns.Add(new RecordColumn(name, rows.GetText(1) switch
            {
                "BLOB" => ["x'00'", $"CAST({name} || x'00' AS BLOB)", "'text'", "17"],
                "TEXT" => ["'{'", "x'ff80'"],
                _ => [$"coalesce({name}, 0) + 4611686018427387904", "-1", "'text'"],
            }));
        }

        return Task.FromResult<IReadOnlyList<RecordColumn>>(columns);
    }

    protected override Task<bool> TryDamageAsync(string sql)
    {
        using var connection = SqliteConnection.Open(_file.Path, SqliteOpenMode.Write, TimeSpan.FromSeconds(1));
        try
        {
            using var statement = connection.Statement(sql);
            statement.Run();
            return Task.FromResult(sql.StartsWith("drop", StringComparison.Ordinal) || connection.Changes > 0);
        }
        catch (TidemarkException e) when (e.Message.Contains("claim one place", StringComparison.Ordinal) || e.Message.Contains("datatype mismatch", StringComparison.Ordinal))
        {
            return Task.FromResult(false);
        }
    }
}
