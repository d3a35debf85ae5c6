using Tidemark.Documents;

namespace Tidemark.Server.Tests.Dashboard;

/// <summary>Documents of a text alone.</summary>
internal static class Texts
{
    public static Document Of(string id, string text) => new() { Id = id, Text = text };

    public static IAsyncEnumerable<DocumentChange> Changes(params Document[] documents) =>
        documents.Select(document => (DocumentChange)new DocumentChange.Upsert(document)).ToAsyncEnumerable();
}
