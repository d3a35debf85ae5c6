using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace Tidemark.Server.Dashboard.Charts;

/// <summary>Puts an SVG together; its looks are in the style sheet, by class.</summary>
internal sealed class Svg(double width, double height, string @class, string title)
{
    private readonly StringBuilder _content = new();

    public void Line(double x1, double y1, double x2, double y2, string @class) =>
        _content.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{@class}\"/>");

    public void Rectangle(double x, double y, double wide, double high, string @class, string? tip = null)
    {
        _content.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(0, wide):0.##}\" height=\"{Math.Max(0, high):0.##}\" class=\"{@class}\"");
        Close("rect", tip);
    }

    public void Dot(double x, double y, double radius, string @class, string? tip = null)
    {
        _content.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" class=\"{@class}\"");
        Close("circle", tip);
    }

    public void Path(IReadOnlyList<(double X, double Y)> points, string @class)
    {
        _content.Append("<polyline points=\"");
        _content.AppendJoin(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.##},{point.Y:0.##}")));
        _content.Append(CultureInfo.InvariantCulture, $"\" class=\"{@class}\"/>");
    }

    /// <param name="anchor">start, middle or end.</param>
    public void Text(double x, double y, string text, string anchor, string @class = "") => _content.Append(
        CultureInfo.InvariantCulture,
        $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\" class=\"{@class}\">{HtmlEncoder.Default.Encode(text)}</text>");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg viewBox=\"0 0 {width} {height}\" class=\"{@class}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(title)}\">{_content}</svg>");

    private void Close(string name, string? tip) =>
        _content.Append(tip is null ? "/>" : $"><title>{HtmlEncoder.Default.Encode(tip)}</title></{name}>");
}
