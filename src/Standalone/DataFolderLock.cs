using Chitti.ServiceDefaults;

namespace Chitti.Standalone;

/// <summary>Keeps a second process off the data folder; the operating system lets go when this one dies.</summary>
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
            throw new StartFaultException($"Chitti:DataPath: another process works on '{dataPath}'; stop it, or choose another folder.", exception);
        }
    }

    public void Dispose() => file.Dispose();
}
