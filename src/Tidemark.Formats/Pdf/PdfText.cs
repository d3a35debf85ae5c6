using System.Text.Json.Nodes;
using Tidemark.Documents;
using UglyToad.PdfPig;

namespace Tidemark.Formats;

/// <summary>A file to text and metadata.</summary>
internal static class PdfText
{
    private const int MostPages = 20_000;
    private const int MostCharacters = 64 << 20;
    private const int DeepestNesting = 200;

    public static ExtractedText Extract(string path, byte[] content)
    {
        var limits = new PdfLimits();
        using var file = PdfDocument.Open(content, new ParsingOptions
        {
            UseLenientParsing = true,
            SkipMissingFonts = true,
            MaxStackDepth = DeepestNesting,
            FilterProvider = limits,
        });
        if (file.NumberOfPages > MostPages)
        {
            throw new PackageException($"it has {file.NumberOfPages} pages, more than {MostPages}");
        }

        new PdfCost(file, limits).Check();
        var pages = new List<List<PdfLine>>();
        var (characters, readable) = (0L, 0);
        var warnings = new List<ItemWarning>();
        for (var number = 1; number <= file.NumberOfPages; number++)
        {
            var lines = ReadPage(path, file, number, warnings);
            readable += lines is null ? 0 : 1;
            characters += lines?.Sum(line => line.Text.Length) ?? 0;
            pages.Add(lines ?? []); // those behind it keep their numbers

            if (characters > MostCharacters)
            {
                throw new PackageException($"it has more than {MostCharacters} characters of text");
            }
        }

        return readable == 0 && warnings.Count > 0
            ? throw new PackageException("none of its pages can be read")
            : new ExtractedText(new PdfParagraphs(pages).Write(), MetadataOf(file)) { Warnings = warnings };
    }

    /// <summary>One page that is damaged costs no other.</summary>
    private static List<PdfLine>? ReadPage(string path, PdfDocument file, int number, List<ItemWarning> warnings)
    {
        try
        {
            var page = file.GetPage(number);
            return PdfColumns.Order(PdfWords.Lines(page.Letters), page.Width);
        }
        catch (Exception e) when (!IsLimit(e))
        {
            if (warnings.Count < 20)
            {
                warnings.Add(new ItemWarning(
                    path,
                    ErrorCodes.SourceMalformed,
                    $"page {number} of '{path}' cannot be read and was left out",
                    "open it in another program and save it again"));
            }

            return null;
        }
    }

    /// <summary>The library may wrap what stops it.</summary>
    private static bool IsLimit(Exception e) =>
        e is PackageException or OutOfMemoryException || (e.InnerException is { } inner && IsLimit(inner));

    private static DocumentMetadata MetadataOf(PdfDocument file)
    {
        var metadata = new JsonObject();
        Add(metadata, "title", file.Information.Title);
        Add(metadata, "author", file.Information.Author);
        Add(metadata, "subject", file.Information.Subject);
        Add(metadata, "keywords", file.Information.Keywords);
        metadata["pages"] = file.NumberOfPages;
        return MetadataCanonicalizer.Parse(metadata.ToJsonString());
    }

    private static void Add(JsonObject metadata, string name, string? value)
    {
        var said = string.Join(' ', (value ?? "").Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (said.Length > 0)
        {
            metadata[name] = said;
        }
    }
}
