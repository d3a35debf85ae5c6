using Npgsql;
using Tidemark.Bench.Corpora;
using Tidemark.Bench.Measuring;

namespace Tidemark.Bench.Figures;

/// <summary>200,000 chunks from a file to PostgreSQL, from there to a file, and from file to file: read, written, indexed, read back and compared.</summary>
internal static class CopyFigures
{
    private const int Count = 200_000;

    /// <param name="server">Of a database without stores.</param>
    public static async Task MeasureAsync(Measuring.Bench bench, string server, CancellationToken cancellationToken)
    {
        await using var administrator = NpgsqlDataSource.Create(PostgresFigures.ConnectionString(server));
        bench.DropStore("copied");
        bench.Tidemark("copied", "sync", new JsonLinesCorpus(bench.Cache).Lines(Count)).Run();
        var (file, store) = ("sqlite:" + bench.StorePath("copied"), PostgresFigures.Address(server, "copied"));
        await administrator.DropAsync("copied", cancellationToken);
        Bound(bench, "from a file to PostgreSQL", file, store);
        bench.DropStore("back");
        Bound(bench, "from PostgreSQL to a file", store, "sqlite:" + bench.StorePath("back"));
        bench.DropStore("beside");
        Bound(bench, "from file to file", file, "sqlite:" + bench.StorePath("beside"));
        await administrator.DropAsync("copied", cancellationToken);
    }

    private static void Bound(Measuring.Bench bench, string what, string from, string to)
    {
        var seconds = new MeasuredCommand(bench.Executable, ["store", "copy", "--from", from, "--to", to, "--json"], bench.Work).Run().Elapsed.TotalSeconds;
        bench.Report.Bound(
            $"Copy of 200,000 chunks {what}, index and proof included", $"{Count / seconds:N0} chunks/s ({seconds:F1} s)", "20,000/s",
            Count / seconds >= 20_000, "tidemark store copy");
    }
}
