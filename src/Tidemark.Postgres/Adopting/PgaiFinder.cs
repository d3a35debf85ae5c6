using System.Text.Json;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Adopting;

/// <summary>
/// The table into which a vectorizer of pgai writes: a row a chunk, whose text is what was embedded, formatting included. Its catalog
/// <c>ai.vectorizer</c> has changed over the versions, so it is read as JSON: the table stands in columns of its own, or in the configuration.
/// </summary>
internal sealed class PgaiFinder(string? vectorizer) : IOriginFinder
{
    public async Task<OriginTable> FindAsync(OriginDatabase database, CancellationToken cancellationToken)
    {
        var isThere = await database.ListAsync("select to_regclass('ai.vectorizer') is not null", row => row.GetBoolean(0), cancellationToken)
            .ConfigureAwait(false);
        if (isThere is not [true])
        {
            throw OriginErrors.Missing($"'{database.Name}' has no vectorizers of pgai", "name the database that has the table 'ai.vectorizer'");
        }

        var rows = await database.ListAsync("select to_jsonb(v)::text from ai.vectorizer v order by id", row => row.GetString(0), cancellationToken)
            .ConfigureAwait(false);
        var all = rows.ConvertAll(PgaiVectorizer.Read);
        var named = vectorizer is null ? all : all.FindAll(one => one.IsCalled(vectorizer));
        if (named is not [var found])
        {
            throw OriginErrors.Missing(
                vectorizer is null ? $"'{database.Name}' has {all.Count} vectorizers of pgai" : $"'{database.Name}' has no vectorizer '{vectorizer}'",
                all.Count == 0 ? "name the database that has them" : $"name one of them as the collection: {LangChainFinder.Names(all.Select(one => one.Name))}");
        }

        if (found is not { Schema: { } schema, Table: { } table })
        {
            throw OriginErrors.Missing(
                $"the vectorizer '{found.Name}' writes its vectors beside the texts that they are of, and keeps no chunks",
                $"read that table by its name, {found.Source}, and the names of its columns");
        }

        return new OriginTable($"{StoreAddress.Quote(schema)}.{StoreAddress.Quote(table)}", found.Name, "chunk", "embedding")
        {
            Id = "embedding_uuid",
            Model = found.Model,
        };
    }

    /// <param name="Id">Of the catalog.</param>
    /// <param name="Name">Its own, or that of its table.</param>
    /// <param name="Source">The table whose rows it embeds.</param>
    /// <param name="Schema">Null: it has no table of its own.</param>
    /// <param name="Table">The same.</param>
    /// <param name="Model">Null: it does not say.</param>
    private sealed record PgaiVectorizer(string Id, string Name, string Source, string? Schema, string? Table, string? Model)
    {
        public bool IsCalled(string name) => name == Name || name == Id || name == Table || name == $"{Schema}.{Table}";

        public static PgaiVectorizer Read(string json)
        {
            using var parsed = JsonDocument.Parse(json);
            var (root, config) = (parsed.RootElement, At(parsed.RootElement, "config"));
            var destination = At(config, "destination");
            var isTable = TextOf(destination, "implementation") is null or "table";
            var schema = isTable ? TextOf(destination, "target_schema") ?? TextOf(root, "target_schema") : null;
            var table = isTable ? TextOf(destination, "target_table") ?? TextOf(root, "target_table") : null;
            var source = $"{TextOf(root, "source_schema")}.{TextOf(root, "source_table")}";
            var id = At(root, "id").GetRawText();
            return new PgaiVectorizer(id, TextOf(root, "name") ?? table ?? id, source, schema, table, TextOf(At(config, "embedding"), "model"));
        }

        private static JsonElement At(JsonElement parent, string name) =>
            parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

        private static string? TextOf(JsonElement parent, string name) =>
            At(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }
}
