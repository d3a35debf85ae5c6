namespace Tidemark.Formats;

/// <summary>Names of parts, which are paths in the archive.</summary>
internal static class PackagePath
{
    /// <param name="folder">Empty, or with a slash at its end.</param>
    public static string Resolve(string folder, string target)
    {
        var names = new List<string>();
        var whole = target.StartsWith('/') ? target : folder + target;
        foreach (var name in whole.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "..")
            {
                names.RemoveRange(Math.Max(0, names.Count - 1), Math.Min(1, names.Count));
            }
            else if (name != ".")
            {
                names.Add(name);
            }
        }

        return string.Join('/', names);
    }

    public static string FolderOf(string part) => part[..(part.LastIndexOf('/') + 1)];
}
