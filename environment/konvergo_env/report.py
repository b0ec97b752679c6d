"""report"""
def build(profile: str):
    return None
