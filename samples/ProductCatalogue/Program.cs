// Records of a database as documents: each row has a source id of its own, and only rows that changed are embedded.
//
//   dotnet run --project samples/ProductCatalogue
using ProductCatalogue;
using Tidemark;
using Tidemark.Documents;
using Tidemark.Indexing;
using Tidemark.Searching;
using Tidemark.Syncing;

List<Product> table =
[
    new(1, "Widget Pro", "Tools", "A professional widget.", 29.99m),
    new(2, "Gadget Plus", "Electronics", "Enhanced gadget.", 49.99m),
];

await using var index = TidemarkIndex.Create(t => t.UseSqlite(".tidemark/catalogue.db").UseHashingEmbedder());

Print("first sync", await SyncAsync(table));
Print("again", await SyncAsync(table));

// A changed row is sent alone: cleanup works on the source ids that are listed, the others stay.
Print("one price", await SyncAsync([table[0] with { Price = 27.49m }]));

// <search>
var filter = new MetadataFilter([new MetadataCondition("category", ["Tools", "Garden"])]);
var result = await index.SearchAsync("a widget for professionals", new SearchOptions { Filter = filter, Limit = 1 });
// </search>
Console.WriteLine($"found {result.Hits[0].Chunk.Document} {result.Hits[0].Chunk.Metadata}");

// <sync>
Task<SyncReport> SyncAsync(IEnumerable<Product> rows) => index.SyncAsync(
    DocumentsOf(rows), new SyncOptions { SourceName = "products" });

static async IAsyncEnumerable<Document> DocumentsOf(IEnumerable<Product> rows)
{
    foreach (var row in rows)
    {
        await Task.Yield(); // a real program awaits its database here
        yield return new Document
        {
            Id = $"db/products/{row.Id}",
            Text = $"Product: {row.Name}\nCategory: {row.Category}\nDescription: {row.Description}\nPrice: ${row.Price}\n",
            Metadata = DocumentMetadata.Of(("product_id", row.Id), ("category", row.Category), ("price", row.Price)),
        };
    }
}

// </sync>
static void Print(string occasion, SyncReport report) => Console.WriteLine(
    $"{occasion}: added {report.Documents.Added}, updated {report.Documents.Updated}, skipped {report.Documents.Skipped}, "
    + $"deleted {report.Documents.Deleted}, embedded {report.Embedding.Inputs}");
