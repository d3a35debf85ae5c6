// The program that docs/library.md begins with: everything in one file, over a folder 'docs' beside it.
// <program>
using Tidemark;
using Tidemark.Searching;

await using var index = TidemarkIndex.Create(t => t
    .UseSqlite(".tidemark/first.db")
    .UseHashingEmbedder()
    .AddDirectory("docs"));

var report = await index.SyncAsync();
var (documents, embedding) = (report.Documents, report.Embedding);
Console.WriteLine($"{documents.Added} new, {documents.Updated} edited, {documents.Deleted} deleted, "
    + $"texts embedded: {embedding.Inputs}");

var found = await index.SearchAsync("when is the gate closed?", new SearchOptions { Limit = 1 });
foreach (var hit in found.Hits)
{
    Console.WriteLine($"{hit.Chunk.Document}: {hit.Chunk.Heading}");
}

var proof = await index.VerifyAsync();
Console.WriteLine(proof.InSync ? "in step" : "not in step");
// </program>
