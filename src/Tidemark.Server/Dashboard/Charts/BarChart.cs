using Microsoft.AspNetCore.Components;

namespace Tidemark.Server.Dashboard.Charts;

/// <summary>Bars side by side, from the oldest to the newest. Pure.</summary>
internal static class BarChart
{
    private const double Width = 720;
    private const double Height = 160;
    private const double Left = 84;
    private const double Right = 8;
    private const double Top = 22;
    private const double Bottom = 24;

    /// <param name="title">What it shows, for who cannot see it.</param>
    /// <param name="bars">Heights that are not known are shown as gaps.</param>
    /// <param name="say">A height as people read it.</param>
    /// <param name="most">Of the scale; null: of the highest bar.</param>
    public static MarkupString Of(string title, IReadOnlyList<Bar> bars, Func<double, string> say, double? most = null)
    {
        var svg = new Svg(Width, Height, "chart", title);
        var top = most ?? Math.Max(double.Epsilon, bars.Max(bar => bar.Height ?? 0));
        foreach (var share in (double[])[0, 0.5, 1])
        {
            var y = Height - Bottom - ((Height - Top - Bottom) * share);
            svg.Line(Left, y, Width - Right, y, "grid");
            svg.Text(Left - 6, y + 4, say(top <= double.Epsilon ? 0 : top * share), "end");
        }

        var step = (Width - Left - Right) / Math.Max(bars.Count, 12);
        for (var i = 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            var high = bar.Height is { } height ? Math.Max(1.5, (Height - Top - Bottom) * Math.Clamp(height / top, 0, 1)) : 0;
            svg.Rectangle(Left + (i * step) + (step * 0.12), Height - Bottom - high, step * 0.76, high, $"bar {bar.Tone}", bar.Tip);
            if (i % Math.Max(1, (bars.Count + 5) / 6) == 0)
            {
                svg.Text(Left + ((i + 0.5) * step), Height - 7, bar.Name, "middle");
            }
        }

        return new MarkupString(svg.ToString());
    }
}
