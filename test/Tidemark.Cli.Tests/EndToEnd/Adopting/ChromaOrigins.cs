using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tidemark.Cli.Tests.EndToEnd.Chroma;

namespace Tidemark.Cli.Tests.EndToEnd.Adopting;

/// <summary>Collections as other programs fill them.</summary>
internal static class ChromaOrigins
{
    /// <returns>Where it is.</returns>
    public static async Task<string> FillAsync(ChromaServer server, IReadOnlyList<JsonNode> chunks)
    {
        const int Batch = 100;
        var location = server.NewCollection();
        using var client = new HttpClient();
        using var made = await client.PostAsJsonAsync(
            $"{server.Address}/api/v2/tenants/default_tenant/databases/default_database/collections", new { name = location[(location.LastIndexOf('/') + 1)..] });
        made.EnsureSuccessStatusCode();
        foreach (var part in chunks.Chunk(Batch))
        {
            await server.AskAsync(location, "add", new
            {
                ids = part.Select(chunk => (string)chunk["id"]!).ToArray(),
                documents = part.Select(chunk => (string)chunk["text"]!).ToArray(),
                embeddings = part.Select(chunk => chunk["vector"]!.AsArray().Select(x => (float)x!).ToArray()).ToArray(),
            });
        }

        return location;
    }
}
