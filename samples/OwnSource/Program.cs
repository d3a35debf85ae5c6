// A source of one's own: the tickets of a help desk behind an interface that lists cheaply and reads one by one.
//
//   dotnet run --project samples/OwnSource
using OwnSource;
using Tidemark;

var desk = new HelpDesk();
desk.Write(1, "Shore power trips at berth 14", "The breaker of berth 14 trips when the kettle is on.");
desk.Write(2, "Gate code", "The gate code changes on the first of the month.");
desk.Write(3, "Lost fender", "A white fender was found near the fuel pontoon.");

// <create>
await using var index = TidemarkIndex.Create(t => t
    .UseSqlite(".tidemark/own-source.db")
    .UseHashingEmbedder()
    .AddSource(new TicketSource(desk)));
// </create>
await SyncAsync("first");
await SyncAsync("nothing changed");
desk.Write(2, "Gate code", "The gate code changes every Monday.");
desk.Close(3);
await SyncAsync("one edited, one closed");

var hits = (await index.SearchAsync("when does the code of the gate change")).Hits;
Console.WriteLine($"{hits[0].Chunk.Document}: {hits[0].Chunk.Text.ReplaceLineEndings(" ")}");

async Task SyncAsync(string occasion)
{
    var before = desk.Reads;
    var documents = (await index.SyncAsync()).Documents;
    Console.WriteLine($"{occasion}: {documents.Added} new, {documents.Updated} edited, {documents.Skipped} unchanged, "
        + $"{documents.Deleted} deleted, {desk.Reads - before} tickets read");
}
