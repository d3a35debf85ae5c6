using System.Net;
using System.Text;

namespace Tidemark.Formats;

/// <summary>
/// Writes what only XML knows as HTML has it, since an HTML parser takes no notice of it: a tag that closes itself, which would stay
/// open to the end of the page (<c>&lt;script src="a.js"/&gt;</c> swallows it), and sections of characters.
/// </summary>
internal static class XhtmlMarkup
{
    private const string Namespace = "http://www.w3.org/1999/xhtml";
    private const int HeadLength = 2_048;

    public static string ToHtml(string path, string markup)
    {
        if (!IsXhtml(path, markup))
        {
            return markup;
        }

        var html = new StringBuilder(markup.Length);
        var tags = new TagScanner(markup);
        var copied = 0;
        while (tags.Read())
        {
            if (tags.IsCharacters)
            {
                html.Append(markup, copied, tags.Start - copied)
                    .Append(WebUtility.HtmlEncode(markup[(tags.Start + "<![CDATA[".Length)..(tags.End - "]]>".Length)]));
            }
            else if (tags.IsSelfClosed && !tags.IsEndTag && !HtmlElements.IsVoid(tags.Name))
            {
                html.Append(markup, copied, tags.End - copied).Append("</").Append(tags.Name).Append('>');
            }
            else
            {
                continue;
            }

            copied = tags.End;
        }

        return copied == 0 ? markup : html.Append(markup, copied, markup.Length - copied).ToString();
    }

    private static bool IsXhtml(string path, string markup)
    {
        var head = markup.AsSpan(0, Math.Min(markup.Length, HeadLength)).TrimStart();
        return path.EndsWith(".xhtml", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<?xml")
            || head.Contains("//DTD XHTML", StringComparison.OrdinalIgnoreCase)
            || head.Contains(Namespace, StringComparison.Ordinal);
    }
}
