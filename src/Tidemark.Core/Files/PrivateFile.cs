namespace Tidemark.Files;

/// <summary>Makes files and folders that are for their owner alone, whatever the process's umask.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new, empty file to write to; a name that is taken, by a link too, is refused.</summary>
    /// <exception cref="IOException">There is something under the name, or it cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = OwnFile;
        var file = new FileStream(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, OwnFile);
        return file;
    }

    /// <summary>The folder and those that it lies in, as far as they are not there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } outer)
        {
            CreateFolder(outer);
        }

        var own = OwnFile | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, own);
        File.SetUnixFileMode(path, own);
    }
}
