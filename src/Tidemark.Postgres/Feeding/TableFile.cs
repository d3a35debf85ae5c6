namespace Tidemark.Postgres.Feeding;

/// <summary>A table, or one of its partitions, as it lies on the server's disk.</summary>
/// <param name="Oid">Of the relation.</param>
/// <param name="Quoted">As SQL takes it.</param>
/// <param name="File">Another one means that the rows have moved.</param>
/// <param name="Blocks">How long it is.</param>
internal sealed record TableFile(long Oid, string Quoted, long File, long Blocks);
