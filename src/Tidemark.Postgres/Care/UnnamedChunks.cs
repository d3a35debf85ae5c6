namespace Tidemark.Postgres.Care;

/// <summary>Open chunks of the generation that answers for a namespace ($1), which no list of chunks names.</summary>
internal static class UnnamedChunks
{
    /// <summary>On rows of <c>chunk</c>.</summary>
    public const string Condition = """
        chunk.generation = (select generation from namespace where id = $1) and chunk.to_sequence is null
        and not exists (
          select 1 from layout l where l.generation = chunk.generation and l.document = chunk.document and chunk.key = any(l.chunks))
        """;
}
