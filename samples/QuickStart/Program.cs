// A folder that stays searchable: the shortest program that does something useful.
//
//   dotnet run --project samples/QuickStart -- samples/handbook "who may go onto the pontoons in a storm?"
using Microsoft.Extensions.DependencyInjection;
using Tidemark;
using Tidemark.Searching;

var folder = args.ElementAtOrDefault(0) ?? "samples/handbook";
var question = args.ElementAtOrDefault(1) ?? "who may go onto the pontoons in a storm?";

// <register>
var services = new ServiceCollection();
services.AddTidemark(t => t
    .UseSqlite(".tidemark/quick-start.db")
    .UseHashingEmbedder(384)
    .AddDirectory(folder));
// </register>
await using var provider = services.BuildServiceProvider();

// <use>
var index = provider.GetRequiredService<TidemarkIndex>();
var report = await index.SyncAsync();
Console.WriteLine($"{report.Documents.Added} new, {report.Documents.Updated} edited, {report.Documents.Skipped} unchanged, "
    + $"{report.Embedding.Inputs} texts embedded");

var result = await index.SearchAsync(question, new SearchOptions { Limit = 3 });
foreach (var hit in result.Hits)
{
    Console.WriteLine($"{hit.Score:0.000}  {hit.Chunk.Document}  {hit.Chunk.Heading}");
}

// </use>
// <verify>
var proof = await index.VerifyAsync();
Console.WriteLine(proof.InSync ? "in step" : $"{proof.Source.Changed} changed since");
// </verify>
