using Tidemark.Records;
using Tidemark.Searching;
using Tidemark.Server.Http;
using Tidemark.Wire;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>One question asked in three ways, side by side.</summary>
internal sealed record SearchModel
{
    private const int RunsNamed = 30;

    public static readonly IReadOnlyList<SearchMode> Modes = [SearchMode.Hybrid, SearchMode.Keyword, SearchMode.Vector];

    public string Query { get; private init; } = "";

    public int Count { get; private init; }

    public string Filter { get; private init; } = "";

    public string Path { get; private init; } = "";

    public string Source { get; private init; } = "";

    /// <summary>The run, or the time, as of which one looks; empty: now.</summary>
    public string AsOf { get; private init; } = "";

    /// <summary>The last runs, to look as of one of them.</summary>
    public IReadOnlyList<RunRecord> Runs { get; private init; } = [];

    /// <summary>Of each mode what was found, how long that took, or why it failed; empty: nothing was asked yet.</summary>
    public IReadOnlyList<SearchColumn> Columns { get; private init; } = [];

    public static async Task<SearchModel> ReadAsync(Call call)
    {
        var (runs, _) = await call.Index.RunsAsync(RunsNamed, call.Namespace, call.Ended);
        var asked = new SearchModel
        {
            Query = call.Arguments.Text("query")?.Trim() ?? "",
            Count = call.Arguments.Integer("k"),
            Filter = call.Arguments.Text("filter")?.Trim() ?? "",
            Path = call.Arguments.Text("path")?.Trim() ?? "",
            Source = call.Arguments.Text("source")?.Trim() ?? "",
            AsOf = call.Arguments.Text("asOf")?.Trim() ?? "",
            Runs = [.. runs.Where(run => run.FinishedAt is not null)],
        };
        if (asked.Query.Length == 0)
        {
            return asked;
        }

        var options = new SearchOptions
        {
            Namespace = call.Namespace,
            Limit = asked.Count,
            AsOf = asked.AsOf.Length == 0 ? null : call.Arguments.Moment("asOf"),
            Filter = FilterText.Parse(
                asked.Filter.Length == 0 ? [] : [asked.Filter],
                (InputName.Parameter("path"), asked.Path.Length == 0 ? null : asked.Path),
                (InputName.Parameter("source"), asked.Source.Length == 0 ? null : asked.Source)),
        };
        return asked with { Columns = await Task.WhenAll(Modes.Select(mode => AskAsync(call, asked.Query, options with { Mode = mode }))) };
    }

    /// <summary>One way that fails leaves the others: by words one finds while the model is down.</summary>
    private static async Task<SearchColumn> AskAsync(Call call, string query, SearchOptions options)
    {
        var started = call.Service.Clock.GetTimestamp();
        try
        {
            var result = await call.Index.SearchAsync(query, options, call.Ended);
            return new SearchColumn(options.Mode, result, call.Service.Clock.GetElapsedTime(started), null);
        }
        catch (TidemarkException e)
        {
            return new SearchColumn(options.Mode, null, call.Service.Clock.GetElapsedTime(started), e);
        }
    }
}
