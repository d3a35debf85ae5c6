using Tidemark.Composition.Configuration;
using Tidemark.Documents;

namespace Tidemark.Composition;

/// <summary>
/// A store that is about to be made where nobody named one, although a folder above has one: most often the call was meant for that.
/// </summary>
internal static class StoreAbove
{
    private static readonly string Place = Path.Combine(".tidemark", "tidemark.db");

    /// <param name="settings">Of the call.</param>
    /// <param name="folder">The working directory.</param>
    /// <returns>Null: there is none, or the store of the call is there or was named.</returns>
    public static ItemWarning? Find(TidemarkSettings settings, string folder)
    {
        var path = settings.Store.Path;
        if (settings.Store.Server is not null || settings.File is not null
            || path != Path.Combine(folder, Place) || File.Exists(path))
        {
            return null;
        }

        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(Path.Combine(above, Place)))
            {
                return new ItemWarning(
                    "store",
                    ErrorCodes.StoreAbove,
                    $"there was no store in '{folder}', but there is one above it, in '{above}': without a tidemark.json each folder has its own",
                    $"where that one is meant, make the call in '{above}', as in: cd '{above}' && tidemark sync "
                    + $"'{Path.GetRelativePath(above, folder)}'");
            }
        }

        return null;
    }
}
