using System.Data.Common;
using System.Globalization;
using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Conformance.Sources;

/// <summary>A table of a database that is asked what changed.</summary>
/// <param name="database">Where it is made.</param>
/// <param name="dialect">The SQL of it.</param>
/// <param name="time">The type of its time stamps.</param>
/// <param name="now">The database's clock, as that type.</param>
/// <param name="end">Removes the database.</param>
public sealed class SqlWorld(DbDataSource database, SqlDialect dialect, string time, string now, Func<ValueTask> end) : SourceWorld, ISqlJournal
{
    /// <summary>Of its rows.</summary>
    public SqlTable Table { get; set; } = new("notes", "notes/{id}", "{body}") { Updated = ["updated"], Deleted = "deleted" };

    /// <summary>Whether everything is read each time.</summary>
    public bool IsDue { get; set; } = true;

    public int PageSize { get; set; } = 256;

    /// <summary>What is remembered.</summary>
    public string? Kept { get; set; }

    /// <summary>Since when everything was said to be in the index.</summary>
    public List<DateTimeOffset> CaughtUp { get; } = [];

    public static async Task<SqlWorld> MakeAsync(DbDataSource database, SqlDialect dialect, string time, string now, Func<ValueTask> end)
    {
        var world = new SqlWorld(database, dialect, time, now, end);
        await world.ExecuteAsync($"create table notes (id varchar(40) not null primary key, body text, updated {time}, deleted {time})");
        return world;
    }

    public override string DocumentOf(string id) => $"notes/{id}";

    public override Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents) => PutAsync(now, documents);

    /// <param name="updated">An expression.</param>
    /// <param name="documents">What is put.</param>
    public async Task PutAsync(string updated, params IReadOnlyList<(string Id, string Text)> documents)
    {
        await RemoveAsync([.. documents.Select(document => document.Id)]);
        foreach (var chunk in documents.Chunk(100))
        {
            var rows = chunk.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(@id{i}, @body{i}, {updated})"));
            await ExecuteAsync(
                $"insert into notes (id, body, updated) values {string.Join(", ", rows)}",
                [.. chunk.SelectMany((document, i) => new[] { ($"@id{i}", document.Id), ($"@body{i}", document.Text) })]);
        }
    }

    public override async Task RemoveAsync(params IReadOnlyList<string> ids)
    {
        foreach (var chunk in ids.Chunk(100))
        {
            await ExecuteAsync(
                $"delete from notes where id in ({string.Join(", ", chunk.Select((_, i) => $"@id{i}"))})", [.. chunk.Select((id, i) => ($"@id{i}", id))]);
        }
    }

    public override Task SpoilAsync(string id) => PutAsync((id, new string('x', 2_000)));

    public override IDocumentSource Source() => SourceOf(database);

    public override IDocumentSource CutSource()
    {
        PageSize = 16;
        return SourceOf(new BreakingDatabase(database, questions: 4));
    }

    public SqlSource SourceOf(DbDataSource from) => new(new SqlOptions
    {
        Name = "shop",
        Database = from,
        Dialect = dialect,
        Tables = [Table],
        Journal = this,
        IsDue = _ => IsDue,
        PageSize = PageSize,
        MaxTextLength = 1_000,
    });

    public async Task ExecuteAsync(string sql, params IReadOnlyList<(string Name, string Value)> parameters)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync();
    }

    /// <summary>So many seconds before now.</summary>
    public string Ago(int seconds) => dialect switch
    {
        _ when dialect == SqlDialect.Sqlite => $"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{seconds} seconds')",
        _ when dialect == SqlDialect.MySql => $"({now} - interval {seconds} second)",
        _ => $"({now} - interval '{seconds} seconds')",
    };

    /// <summary>A time stamp that is written out.</summary>
    public string At(string text) => dialect == SqlDialect.Postgres ? $"cast('{text}' as {time})" : $"'{text}'";

    public override async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await end();
    }

    ValueTask<string?> ISqlJournal.ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Kept);

    ValueTask ISqlJournal.WriteAsync(string value, CancellationToken cancellationToken)
    {
        Kept = value;
        return ValueTask.CompletedTask;
    }

    ValueTask ISqlJournal.CaughtUpAsync(DateTimeOffset began, CancellationToken cancellationToken)
    {
        CaughtUp.Add(began);
        return ValueTask.CompletedTask;
    }

    /// <summary>The server goes away after so many questions.</summary>
    private sealed class BreakingDatabase(DbDataSource inner, int questions) : DbDataSource
    {
        private int _asked;

        public override string ConnectionString => "";

        protected override DbConnection CreateDbConnection() => inner.CreateConnection();

        protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
            _asked++ < questions ? inner.OpenConnectionAsync(cancellationToken) : throw new IOException("the server has gone away");
    }
}
