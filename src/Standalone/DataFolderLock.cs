using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>Keeps other processes out of the data folder. The operating system releases the lock when this process dies.</summary>
internal sealed class DataFolderLock(FileStream file) : IDisposable
{
    public static DataFolderLock Take(string dataPath)
    {
        var path = Path.Combine(Directory.CreateDirectory(dataPath).FullName, "chitti.lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new StartFaultException($"Chitti:DataPath: another process uses '{dataPath}'; stop it, or choose another folder.", exception);
        }
    }

    public void Dispose() => file.Dispose();
}
