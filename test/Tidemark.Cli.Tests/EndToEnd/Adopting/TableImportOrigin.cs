using System.Text.Json.Nodes;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Tables of a PostgreSQL database of its own.</summary>
internal sealed class TableImportOrigin : ImportOrigin
{
    private readonly OriginWorkspace _database;
    private readonly string _table;
    private readonly string _columns;
    private readonly string _number;

    private TableImportOrigin(OriginWorkspace database, string table, string columns, string number, string[] call) =>
        (_database, _table, _columns, _number, Call) = (database, table, columns, number, [.. call.Select(word => word == "URL" ? database.Url : word)]);

    public override string[] Call { get; }

    public static async Task<ImportOrigin> LangChainAsync() => new TableImportOrigin(
        await OriginWorkspace.CreateAsync(OriginSchemas.LangChain), "langchain_pg_embedding", "(id, document, embedding)", "n::text",
        ["--from", "langchain-pgvector", "URL", "--collection", "docs"]);

    public static async Task<ImportOrigin> PgaiAsync(int dimensions) => new TableImportOrigin(
        await OriginWorkspace.CreateAsync(OriginSchemas.Pgai.Replace("vector(16)", $"vector({dimensions})", StringComparison.Ordinal)), "\"Blog chunks\"", "(id, chunk, embedding)", "n",
        ["--from", "pgai", "URL", "--collection", "blog"]);

    public static async Task<ImportOrigin> TableAsync() => new TableImportOrigin(
        await OriginWorkspace.CreateAsync("create table chunk (id text, content text, embedding vector)"), "chunk", "(id, content, embedding)", "n::text",
        ["--from", "table", "URL", "--table", "chunk", "--text", "content", "--vector", "embedding", "--id", "id"]);

    public override async Task FillAsync(IReadOnlyList<JsonNode> chunks)
    {
        await _database.ExecuteAsync($"truncate {_table}");
        foreach (var part in chunks.Chunk(5_000))
        {
            await _database.FillAsync($"{_table} {_columns}", "vector", part, _number);
        }
    }

    public override ValueTask DisposeAsync() => _database.DisposeAsync();
}
