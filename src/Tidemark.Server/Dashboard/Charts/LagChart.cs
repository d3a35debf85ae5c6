using Microsoft.AspNetCore.Components;

namespace Tidemark.Server.Dashboard.Charts;

/// <summary>Percentiles of the lag over time against the SLA, on a logarithmic scale: seconds and days fit on one. Pure.</summary>
internal static class LagChart
{
    private const double Width = 720;
    private const double Height = 220;
    private const double Left = 84;
    private const double Right = 12;
    private const double Top = 22;
    private const double Bottom = 26;

    private static readonly (double Seconds, string Name)[] Ticks =
    [
        (0.001, "1 ms"), (0.01, "10 ms"), (0.1, "0.1 s"), (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"), (3_600, "1 h"), (21_600, "6 h"), (86_400, "1 day"), (604_800, "1 week"),
    ];

    /// <param name="points">One an hour, oldest first.</param>
    public static MarkupString Of(IReadOnlyList<LagPoint> points, TimeSpan sla)
    {
        var svg = new Svg(Width, Height, "chart", "Lag from the change at its source until it can be found, by hour: p50, p95 and p99 against the SLA");
        var known = points.Where(point => point.Changes > 0).ToList();
        var (least, most) = BoundsOf(known, sla);
        foreach (var (seconds, name) in Ticks.Where(tick => tick.Seconds >= least && tick.Seconds <= most))
        {
            svg.Line(Left, Y(seconds), Width - Right, Y(seconds), "grid");
            svg.Text(Left - 6, Y(seconds) + 4, name, "end");
        }

        for (var i = 0; i < points.Count; i += 6)
        {
            svg.Text(X(i), Height - 8, $"{points[i].At.UtcDateTime:HH:00}", "middle");
        }

        svg.Line(Left, Y(sla.TotalSeconds), Width - Right, Y(sla.TotalSeconds), "sla");
        svg.Text(Width - Right, Y(sla.TotalSeconds) - 5, $"SLA {Show.Time(sla)}", "end", "sla");
        Draw("p99", point => point.P99);
        Draw("p95", point => point.P95);
        Draw("p50", point => point.P50);
        if (known.Count == 0)
        {
            svg.Text((Left + Width) / 2, Height / 2, "No change in the last 24 hours", "middle", "none");
        }

        return new MarkupString(svg.ToString());

        void Draw(string name, Func<LagPoint, TimeSpan?> of)
        {
            var path = points.Select((point, i) => (Point: point, X: X(i))).Where(one => one.Point.Changes > 0)
                .Select(one => (one.X, Y: Y(of(one.Point)!.Value.TotalSeconds), one.Point)).ToList();
            svg.Path([.. path.Select(one => (one.X, one.Y))], name);
            foreach (var (x, y, point) in path)
            {
                svg.Dot(x, y, 2.5, name, $"{point.At.UtcDateTime:MM-dd HH:00} {name} {Show.Time(of(point))}, {Show.Count(point.Changes, "change", "changes")}");
            }
        }

        double X(int i) => Left + ((Width - Left - Right) * (points.Count < 2 ? 0.5 : i / (points.Count - 1.0)));
        double Y(double seconds) => Top + ((Height - Top - Bottom) * (1 - ((Math.Log(Math.Max(seconds, least)) - Math.Log(least)) / (Math.Log(most) - Math.Log(least)))));
    }

    private static (double Least, double Most) BoundsOf(List<LagPoint> points, TimeSpan sla)
    {
        var all = points.SelectMany(point => (TimeSpan?[])[point.P50, point.P99]).Select(lag => Math.Max(0.001, lag!.Value.TotalSeconds))
            .Append(Math.Max(0.001, sla.TotalSeconds)).ToList();
        return (Ticks.Last(tick => tick.Seconds <= all.Min()).Seconds, Math.Max(all.Min() * 10, all.Max() * 1.6));
    }
}
