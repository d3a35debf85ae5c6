using System.Diagnostics;
using Npgsql;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>
/// What PostgreSQL itself takes for the very rows of a first index, with nothing around it: COPY of each table from a file,
/// embeddings by one connection and everything else by another, then the words' indexes by two.
/// </summary>
internal static class CopyLimit
{
    private const string Limit = "bench_limit";
    private const string Embeddings = "embedding";

    private const string Tables = """
        select relname::text, coalesce('with (' || array_to_string(reloptions, ', ') || ')', '')
        from pg_class
        where relnamespace = $1::regnamespace and relkind = 'r'
          and (relname in ('embedding', 'document', 'layout', 'chunk') or relname ~ '^(vectors_\d+|keywords_\d+_p\d+)$')
        order by relname
        """;

    /// <param name="schema">Of a store that was just made of that many documents; its tables stay as they are.</param>
    public static async Task MeasureAsync(
        Measuring.Bench bench, NpgsqlDataSource administrator, string schema, int documents, CancellationToken cancellationToken)
    {
        var tables = await PrepareAsync(bench, administrator, schema, cancellationToken);
        await administrator.ExecuteAsync("checkpoint", cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(tables.GroupBy(table => table == Embeddings).Select(group => LoadAsync(bench, administrator, group, cancellationToken)));
        await Task.WhenAll(tables.Where(IsOfWords).Select(table => administrator.ExecuteAsync(
            $"create index on {Limit}.{table} using gin (terms)", cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        bench.Report.Note(
            "PostgreSQL: bare COPY of the same rows, then the words' indexes", $"{documents / seconds:N0} documents/s ({seconds:F1} s)",
            "Tidemark.Bench CopyLimit");
        await administrator.DropAsync("limit", cancellationToken);
        tables.ForEach(table => File.Delete(FileOf(bench, table)));
    }

    /// <summary>Writes every table into a file, and makes an empty one like it: with its indexes, but for those of the words.</summary>
    private static async Task<List<string>> PrepareAsync(
        Measuring.Bench bench, NpgsqlDataSource administrator, string schema, CancellationToken cancellationToken)
    {
        await administrator.ExecuteAsync($"create schema {Limit}", cancellationToken);
        var tables = await ListAsync(administrator, schema, cancellationToken);
        foreach (var (table, options) in tables)
        {
            await SaveAsync(administrator, $"{schema}.{table}", FileOf(bench, table), cancellationToken);
            await administrator.ExecuteAsync($"create table {Limit}.{table} (like {schema}.{table} including all) {options}", cancellationToken);
            if (IsOfWords(table))
            {
                await administrator.ExecuteAsync($"drop index {Limit}.{table}_terms_idx", cancellationToken);
            }
        }

        return [.. tables.Select(table => table.Name)];
    }

    private static async Task<List<(string Name, string Options)>> ListAsync(
        NpgsqlDataSource administrator, string schema, CancellationToken cancellationToken)
    {
        await using var command = administrator.CreateCommand(Tables);
        command.Parameters.Add(new NpgsqlParameter { Value = schema });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var tables = new List<(string, string)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            tables.Add((rows.GetString(0), rows.GetString(1)));
        }

        return tables;
    }

    private static async Task SaveAsync(NpgsqlDataSource administrator, string table, string path, CancellationToken cancellationToken)
    {
        await using var connection = await administrator.OpenConnectionAsync(cancellationToken);
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)", cancellationToken);
        await using var file = File.Create(path);
        await rows.CopyToAsync(file, cancellationToken);
    }

    private static async Task LoadAsync(
        Measuring.Bench bench, NpgsqlDataSource administrator, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        await using var connection = await administrator.OpenConnectionAsync(cancellationToken);
        foreach (var table in tables)
        {
            await using var file = File.OpenRead(FileOf(bench, table));
            await using var rows = await connection.BeginRawBinaryCopyAsync(
                $"copy {Limit}.{table} from stdin (format binary)", cancellationToken);
            await file.CopyToAsync(rows, cancellationToken);
        }
    }

    private static bool IsOfWords(string table) => table.StartsWith("keywords", StringComparison.Ordinal);

    private static string FileOf(Measuring.Bench bench, string table) => Path.Combine(bench.Work, table + ".copy");
}
