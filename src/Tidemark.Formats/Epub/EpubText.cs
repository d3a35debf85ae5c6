using System.Text;
using System.Xml;
using Tidemark.Documents;

namespace Tidemark.Formats;

/// <summary>A book to text and metadata.</summary>
internal static class EpubText
{
    private const string Container = "META-INF/container.xml";
    private const int LargestPage = 16 << 20;
    private const int MostText = 64 << 20;

    public static ExtractedText Read(string path, ReadOnlySpan<byte> content)
    {
        using var parts = new ZipPackage(content);
        var main = RootOf(parts) ?? throw new PackageException("it does not say where its contents are listed");
        var book = EpubBook.Read(parts, main);
        var pages = new HtmlExtractor(new HtmlOptions { MainOnly = false });
        var text = new StringBuilder();
        var warnings = new List<ItemWarning>();
        foreach (var part in book.Pages)
        {
            var page = parts.Read(part, LargestPage) ?? throw new PackageException($"its part '{part}' is missing");
            var read = pages.Extract(path, page);
            text.Append(text.Length > 0 && read.Text.Length > 0 ? "\n" : "").Append(read.Text);
            warnings.AddRange(read.Warnings.Take(20 - warnings.Count));
            if (text.Length > MostText)
            {
                throw new PackageException($"it gives more than {MostText} characters of text");
            }
        }

        return new ExtractedText(text.ToString(), book.Metadata) { Warnings = warnings };
    }

    private static string? RootOf(ZipPackage parts)
    {
        using var reader = parts.OpenXml(Container);
        string? root = null;
        while (reader?.Read() == true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rootfile" })
            {
                root ??= reader.GetAttribute("full-path");
            }
        }

        return root is null ? null : PackagePath.Resolve("", root);
    }
}
