using System.Collections;
using Tidemark.Composition.Configuration;
using Tidemark.Records;
using Tidemark.Rewinding;

namespace Tidemark.Composition;

/// <summary>Where this user's processes keep what they last saw of a store: beside nothing that goes back with it.</summary>
internal static class UserMemory
{
    /// <returns>Null: the user has no folder for that.</returns>
    public static IStoreMemory? Of(StoreLocation location, IDictionary environment) => UserFolders.State(environment) is not { Length: > 0 } folder
        ? null
        : new FolderMemory(
            Path.Combine(folder, "tidemark", "seen"),
            location.Server is { } server ? StoreLocation.WithoutSecrets(server) : location.Path,
            moves: location.Server is not null);
}
