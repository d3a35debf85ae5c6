namespace Tidemark.Library.Tests;

/// <summary>A bit of everything, to be listed.</summary>
public abstract class PublicSurfaceExample : IDisposable
{
    public const int Most = 3;

    protected PublicSurfaceExample(string name, int? size = null)
    {
        _ = (name, size);
    }

    public required string Name { get; init; }

    internal int Hidden { get; set; }

    public static Task<IReadOnlyList<string>> FindAsync(Func<string, bool> choose, params string[] names) =>
        Task.FromResult<IReadOnlyList<string>>([.. names.Where(choose)]);

    public abstract void Dispose();

    protected virtual T Change<T>(T value) => value;
}
