using System.Text.Json.Nodes;
using Tidemark.Cli.Tests.EndToEnd.Chroma;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>A collection of a real Chroma server.</summary>
internal sealed class ChromaImportOrigin : ImportOrigin
{
    private readonly ChromaServer _server = ChromaServer.Shared();
    private string? _collection;

    public override string[] Call => ["--from", "chroma", _collection!];

    public override async Task FillAsync(IReadOnlyList<JsonNode> chunks)
    {
        await DropAsync();
        _collection = await ChromaOrigins.FillAsync(_server, chunks);
    }

    public override async ValueTask DisposeAsync()
    {
        await DropAsync();
        _server.Dispose();
    }

    private Task DropAsync() => _collection is { } old ? _server.DropAsync(old) : Task.CompletedTask;
}
