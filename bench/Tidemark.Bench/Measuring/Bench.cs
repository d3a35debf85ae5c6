namespace Tidemark.Bench.Measuring;

/// <summary>What every group of figures works with.</summary>
/// <param name="Executable">The published executable.</param>
/// <param name="Cache">Generated corpora are kept here.</param>
/// <param name="Work">Stores are made here and thrown away.</param>
internal sealed record Bench(string Executable, string Cache, string Work, int Runs, bool WithMillion, Report Report)
{
    public string StorePath(string name) => Path.Combine(Work, name + ".db");

    /// <summary>A command of the executable against the store of that name, printing JSON.</summary>
    public MeasuredCommand Tidemark(string store, params string[] arguments) =>
        new(Executable, [.. arguments, "--store", "sqlite:" + StorePath(store), "--json"], Work);

    public void DropStore(string name)
    {
        foreach (var file in Directory.GetFiles(Work, name + ".db*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Keeps the store's files aside, or puts them back as they were.</summary>
    public void CopyStore(string from, string to)
    {
        DropStore(to);
        foreach (var file in Directory.GetFiles(Work, from + ".db*"))
        {
            var copy = Path.Combine(Work, to + Path.GetFileName(file)[from.Length..]);
            File.Copy(file, copy);

            // Else the command under measurement waits for the disk to take the copy.
            using var copied = File.OpenHandle(copy, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(copied);
        }
    }
}
