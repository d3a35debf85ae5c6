using Tidemark.Documents;
using Tidemark.Sources;

namespace Tidemark.Formats;

/// <summary>Whole documents of other formats that a document takes in where its text names them (ECMA-376 part 1, 17.17.2.1).</summary>
internal sealed class DocxEmbedded(OfficePackage package, string main, string path, int depth)
{
    /// <summary>A document in a document in a document; further down they are only named.</summary>
    private const int Deepest = 2;

    private readonly List<ItemWarning> _warnings = [];
    private List<PackageRelation>? _relations;

    public IReadOnlyList<ItemWarning> Warnings => _warnings;

    /// <returns>Its text; empty where it cannot be read, which is told.</returns>
    public string TextOf(string? id)
    {
        _relations ??= package.RelationsOf(main);
        var part = _relations.Find(relation => relation.Id == id).Target;
        if (part is null || package.Read(part) is not { } content)
        {
            return Untold(part ?? $"a part that is not there ('{id}')");
        }

        try
        {
            var ending = Path.GetExtension(part).ToLowerInvariant();
            return ending switch
            {
                ".htm" or ".html" or ".xhtml" => new HtmlExtractor(new HtmlOptions { MainOnly = false }).Extract(path, content).Text,
                ".txt" => TextDecoder.Decode(path, content),
                ".docx" or ".docm" or ".dotx" when depth < Deepest => DocxText.Read(path, content, depth + 1).Text,
                _ => Untold(part),
            };
        }
        catch (ItemException)
        {
            return Untold(part);
        }
    }

    private string Untold(string part)
    {
        if (_warnings.Count < 20)
        {
            _warnings.Add(new ItemWarning(
                path,
                ErrorCodes.SourceMalformed,
                $"'{path}' takes in '{part}', which cannot be read: its text is not part of the document's",
                "open it in a word processor and save it again, so that what it takes in becomes text of its own"));
        }

        return "";
    }
}
