namespace Tidemark.Files;

/// <summary>The folder that a store lies in.</summary>
public static class StoreFolder
{
    /// <summary>The name that the command line gives it; what lies in it is no part of a repository.</summary>
    public const string OwnName = ".tidemark";

    private const string IgnoreFile = ".gitignore";

    /// <summary>For its owner alone, if it is not there yet; git sees nothing of Tidemark's own.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Make(string folder)
    {
        PrivateFile.CreateFolder(folder);
        var ignore = Path.Combine(folder, IgnoreFile);
        if (!string.Equals(Path.GetFileName(folder), OwnName, StringComparison.Ordinal)
            || FileFacts.Of(folder, follow: false) is not { Type: FileType.Folder }
            || Path.Exists(ignore))
        {
            return;
        }

        try
        {
            using var file = PrivateFile.Create(ignore);
            file.Write("*\n"u8);
        }
        catch (IOException)
        {
            // Somebody else was faster, or the disk is full, which the store says itself.
        }
    }
}
